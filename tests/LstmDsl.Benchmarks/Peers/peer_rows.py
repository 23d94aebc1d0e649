"""The rows that frameworks in Python can run."""
from collections import namedtuple

Row = namedtuple("Row", "layer units timesteps features sequence samples batch optimizer directions layers", defaults=[1, 1])

EPOCH = Row("lstm", 40, 20, 1, True, 170, 10, "sgd")

TRAINING = {
    "lstm40-epoch": EPOCH,
    "lstm40-steps": EPOCH,
    "rnn40-epoch": EPOCH._replace(layer="rnn"),
    "lstm20-step": Row("lstm", 20, 20, 1, False, 32, 32, "rmsprop"),
    "lstm32-step": Row("lstm", 32, 120, 14, False, 256, 256, "rmsprop"),
    "lstm128-step": Row("lstm", 128, 100, 16, False, 64, 64, "rmsprop"),
    "lstm512-step": Row("lstm", 512, 100, 64, False, 64, 64, "rmsprop"),
    "long-lstm64-step": Row("lstm", 64, 1000, 16, False, 32, 32, "rmsprop"),
    "gru32-step": Row("gru", 32, 120, 14, False, 256, 256, "rmsprop"),
    "gru128-step": Row("gru", 128, 100, 16, False, 64, 64, "rmsprop"),
    "bidirectional-lstm32-step": Row("lstm", 32, 120, 14, False, 256, 256, "rmsprop", directions=2),
    "bidirectional-lstm128-step": Row("lstm", 128, 100, 16, False, 64, 64, "rmsprop", directions=2),
}

# Only for peers that can stack layers.
DEEP = {
    "deep-lstm128-step": TRAINING["lstm128-step"]._replace(layers=3),
}

PREDICTION = {
    "lstm32-predict": TRAINING["lstm32-step"],
    "lstm128-predict": TRAINING["lstm128-step"],
    "lstm512-predict": TRAINING["lstm512-step"],
    "lstm40-window": EPOCH._replace(sequence=False, samples=1, batch=1),
    "lstm40-sequence-window": EPOCH._replace(samples=1, batch=1),
}
