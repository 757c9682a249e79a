"""What `streamlit run app.py` serves: the page, and plotly.js packed once for all its readers."""

import streamlit as st

from neuron.page.page import page
from neuron.player import plotlyjs

if __name__ == "__main__":  # as the page's script
    page()
else:  # as the server's app, whose script this file is as well
    app = st.App(__file__, routes=[plotlyjs.route()])
