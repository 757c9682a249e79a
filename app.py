"""What `streamlit run app.py` serves: the page, and its files packed once for all readers."""

import streamlit as st

if __name__ == "__main__":  # as the page's script; also where a host does not know of `app`
    from neuron.page.page import page  # not before there is a server: it registers components

    page()
else:  # as the server's app, whose script this file is as well
    from neuron.page import serving

    app = st.App(__file__, routes=serving.ROUTES, middleware=serving.MIDDLEWARE)
