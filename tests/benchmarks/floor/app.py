"""The floor: the smallest Streamlit and Plotly page with one slider and one framed chart."""

import plotly.graph_objects as go
import streamlit as st

alpha = st.slider("alpha", 0.0, 1.0, 0.1, 0.01)
weights = [0.0]
for _ in range(18):
    weights.append(weights[-1] - alpha * (2 * weights[-1] - 2) * 2)
steps = list(range(len(weights)))
st.plotly_chart(
    go.Figure(
        data=[go.Scatter(x=steps, y=weights)],
        frames=[go.Frame(data=[go.Scatter(x=steps[: k + 1], y=weights[: k + 1])]) for k in steps],
        layout={
            "updatemenus": [
                {
                    "type": "buttons",
                    "buttons": [
                        {
                            "label": "Play",
                            "method": "animate",
                            "args": [
                                None,
                                {"frame": {"duration": 0}, "transition": {"duration": 0}},
                            ],
                        }
                    ],
                }
            ]
        },
    )
)
