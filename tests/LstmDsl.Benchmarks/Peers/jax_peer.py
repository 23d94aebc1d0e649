"""JAX: the network written out as a scan, whole epochs and predictions compiled."""
import os
import sys
from functools import partial

if sys.argv[1] == "1":
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import jax.numpy as jnp

from peer_protocol import serve
from peer_rows import PREDICTION, TRAINING


def weights(row):
    width = (4 if row.layer == "lstm" else 1) * row.units
    keys = jax.random.split(jax.random.PRNGKey(1), 3)
    normal = lambda key, *shape: 0.1 * jax.random.normal(key, shape)
    return {
        "W": normal(keys[0], row.features, width), "U": normal(keys[1], row.units, width), "b": jnp.zeros(width),
        "kernel": normal(keys[2], row.units, 1), "bias": jnp.zeros(1),
    }


def forward(row, w, x):
    """x (samples, timesteps, features) -> (samples, timesteps, 1) or (samples, 1)."""

    def lstm(state, z):
        h, c = state
        i, f, g, o = jnp.split(z + h @ w["U"], 4, axis=1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        h = jax.nn.sigmoid(o) * jnp.tanh(c)
        return (h, c), h

    def rnn(state, z):
        h = jnp.tanh(z + state[0] @ w["U"])
        return (h, state[1]), h

    zeros = jnp.zeros((x.shape[0], row.units))
    projected = jnp.swapaxes(x @ w["W"] + w["b"], 0, 1)
    _, outputs = jax.lax.scan(lstm if row.layer == "lstm" else rnn, (zeros, zeros), projected)
    outputs = jnp.swapaxes(outputs, 0, 1) if row.sequence else outputs[-1]
    return outputs @ w["kernel"] + w["bias"]


def training(row):
    keys = jax.random.split(jax.random.PRNGKey(2), 2)
    x = jax.random.normal(keys[0], (row.samples, row.timesteps, row.features))
    y = jax.random.normal(keys[1], (row.samples, row.timesteps, 1) if row.sequence else (row.samples, 1))

    def loss(w, batch):
        return jnp.mean((forward(row, w, x[batch]) - y[batch]) ** 2)

    def step(state, batch):
        w, squares = state
        gradients = jax.grad(loss)(w, batch)
        if row.optimizer == "sgd":
            return (jax.tree_util.tree_map(lambda p, g: p - 0.01 * g, w, gradients), squares), None
        squares = jax.tree_util.tree_map(lambda s, g: 0.9 * s + 0.1 * g * g, squares, gradients)
        update = lambda p, g, s: p - 0.001 * g / jnp.sqrt(s + 1e-7)
        return (jax.tree_util.tree_map(update, w, gradients, squares), squares), None

    @jax.jit
    def epoch(state, key):
        order = jax.random.permutation(key, row.samples).reshape(-1, row.batch)
        return jax.lax.scan(step, state, order)[0]

    w = weights(row)
    state = w, jax.tree_util.tree_map(jnp.zeros_like, w)
    key = jax.random.PRNGKey(3)

    def run(count):
        nonlocal state
        for _ in range(count):
            state = epoch(state, key)
        jax.block_until_ready(state)

    return run


def prediction(row):
    w = weights(row)
    x = jax.random.normal(jax.random.PRNGKey(2), (row.samples, row.timesteps, row.features))
    predict = jax.jit(partial(forward, row))

    def run(count):
        for _ in range(count):
            predict(w, x).block_until_ready()

    return run


serve("JAX", jax.__version__, {
    # It is written out for layers without a reset gate, in one direction.
    **{name: partial(training, row) for name, row in TRAINING.items() if row.layer != "gru" and row.directions == 1},
    **{name: partial(prediction, row) for name, row in PREDICTION.items()},
})
