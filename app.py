"""What `streamlit run app.py` serves: the page, and plotly.js packed once for all its readers."""

import streamlit as st

if __name__ == "__main__":  # run as the page's script, once a reader and change
    from neuron.page.page import page  # not before there is a server: it registers components

    page()
else:
    from neuron.player import plotlyjs

    app = st.App(__file__, routes=[plotlyjs.route()])
