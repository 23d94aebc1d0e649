"""Keras on the backend that KERAS_BACKEND names: training and prediction, compiled as Keras does by itself."""
import os
import sys
from functools import partial

from peer_protocol import serve
from peer_rows import PREDICTION, TRAINING

BACKEND = os.environ["KERAS_BACKEND"]
THREADS = int(sys.argv[1])
if BACKEND == "tensorflow":
    import tensorflow

    tensorflow.config.threading.set_intra_op_parallelism_threads(THREADS)
    tensorflow.config.threading.set_inter_op_parallelism_threads(THREADS)
elif THREADS == 1:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import keras
import numpy


def network(row):
    layer = {"lstm": keras.layers.LSTM, "gru": keras.layers.GRU, "rnn": keras.layers.SimpleRNN}[row.layer]
    recurrent = layer(row.units, return_sequences=row.sequence)
    return keras.Sequential([
        keras.Input((row.timesteps, row.features)),
        keras.layers.Bidirectional(recurrent) if row.directions == 2 else recurrent,
        keras.layers.Dense(1),
    ])


def inputs(row):
    return numpy.random.default_rng(1).standard_normal((row.samples, row.timesteps, row.features), dtype="float32")


def training(row):
    model = network(row)
    model.compile(keras.optimizers.SGD() if row.optimizer == "sgd" else keras.optimizers.RMSprop(), "mse")
    x = inputs(row)
    y = numpy.zeros((row.samples, row.timesteps, 1) if row.sequence else (row.samples, 1), "float32")
    if row.batch < row.samples:
        return lambda count: model.fit(x, y, batch_size=row.batch, epochs=count, verbose=0)

    def run(count):
        for _ in range(count):
            model.train_on_batch(x, y)

    return run


def prediction(row):
    model = network(row)
    x = inputs(row)

    def run(count):
        for _ in range(count):
            model.predict_on_batch(x)

    return run


serve(f"Keras on {BACKEND}", keras.__version__, {
    **{name: partial(training, row) for name, row in TRAINING.items()},
    **{name: partial(prediction, row) for name, row in PREDICTION.items()},
})
