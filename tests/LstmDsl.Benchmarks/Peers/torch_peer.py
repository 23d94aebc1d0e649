"""PyTorch: training and prediction, eager, time-major (its own faster layout), data resident."""
import sys
from functools import partial

import torch

from peer_protocol import serve
from peer_rows import DEEP, PREDICTION, TRAINING


class Network(torch.nn.Module):
    def __init__(self, row):
        super().__init__()
        layer = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}[row.layer]
        self.recurrent = layer(row.features, row.units, num_layers=row.layers, bidirectional=row.directions == 2)
        self.dense = torch.nn.Linear(row.directions * row.units, 1)
        self.sequence = row.sequence
        self.both_ways = row.directions == 2

    def forward(self, x):
        outputs, _ = self.recurrent(x)
        if self.both_ways and not self.sequence:
            # The backward direction ends at the first timestep.
            forward, backward = outputs[-1].chunk(2, dim=1)[0], outputs[0].chunk(2, dim=1)[1]
            return self.dense(torch.cat((forward, backward), dim=1))
        return self.dense(outputs if self.sequence else outputs[-1])


def training(row):
    network = Network(row)
    loss = torch.nn.MSELoss()
    x = torch.randn(row.timesteps, row.samples, row.features)
    y = torch.randn(row.timesteps, row.samples, 1) if row.sequence else torch.randn(1, row.samples, 1)
    if row.optimizer == "sgd":
        optimizer = torch.optim.SGD(network.parameters(), lr=0.01)
    else:
        optimizer = torch.optim.RMSprop(network.parameters(), lr=0.001, alpha=0.9, eps=1e-7)

    def step(inputs, targets):
        optimizer.zero_grad(set_to_none=True)
        loss(network(inputs), targets).backward()
        optimizer.step()

    def run(count):
        for _ in range(count):
            if row.batch == row.samples:
                step(x, y if row.sequence else y[0])
                continue
            order = torch.randperm(row.samples)
            for first in range(0, row.samples, row.batch):
                batch = order[first:first + row.batch]
                targets = y[:, batch]
                step(x[:, batch], targets if row.sequence else targets[0])

    return run


def prediction(row):
    network = Network(row).eval()
    x = torch.randn(row.timesteps, row.samples, row.features)

    @torch.inference_mode()
    def run(count):
        for _ in range(count):
            network(x)

    return run


torch.manual_seed(1)
torch.set_num_threads(int(sys.argv[1]))
serve("PyTorch", torch.__version__, {
    **{name: partial(training, row) for name, row in (TRAINING | DEEP).items()},
    **{name: partial(prediction, row) for name, row in PREDICTION.items()},
})
