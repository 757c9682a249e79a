"""The entry point of `streamlit run`: the page, and its files compressed once for all readers."""

import streamlit as st

if __name__ == "__main__":  # as the page's script, also on a host that does not support `app`
    from neuron.page.page import page  # registers components, which needs a server

    page()
else:  # imported by the server, for its `app`, which runs this file as its script
    from neuron.page import serving

    app = st.App(__file__, routes=serving.ROUTES, middleware=serving.MIDDLEWARE)
