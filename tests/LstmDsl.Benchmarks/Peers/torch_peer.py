"""PyTorch: training and prediction, time-major (its own faster layout), data resident.

torch_peer.py [where] threads, where being cpu, cuda:0, cuda:0/graph or cuda:0/graph/tf32: eager unless it is a CUDA graph, in full float32
unless shorter products are asked for. On CUDA, layers are cuDNN's, and a prediction's windows come from the host and its outputs go back.
"""
import sys
from functools import partial

import torch

from peer_protocol import serve
from peer_rows import DEEP, PREDICTION, TRAINING

DEVICE, *MODES = (sys.argv[1] if len(sys.argv) > 2 else "cpu").split("/")
ON_CUDA, AS_GRAPH = DEVICE.startswith("cuda"), "graph" in MODES


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
    network = Network(row).to(DEVICE)
    loss = torch.nn.MSELoss()
    x = torch.randn(row.timesteps, row.samples, row.features, device=DEVICE)
    y = torch.randn(row.timesteps if row.sequence else 1, row.samples, 1, device=DEVICE)
    if row.optimizer == "sgd":
        optimizer = torch.optim.SGD(network.parameters(), lr=0.01)
    else:
        in_graph = {"capturable": True} if AS_GRAPH else {}
        optimizer = torch.optim.RMSprop(network.parameters(), lr=0.001, alpha=0.9, eps=1e-7, **in_graph)

    def step(inputs, targets):
        optimizer.zero_grad(set_to_none=True)
        loss(network(inputs), targets).backward()
        optimizer.step()

    if AS_GRAPH:
        step = captured(step, x[:, :row.batch], (y if row.sequence else y[0])[..., :row.batch, :])

    def run(count):
        for _ in range(count):
            if row.batch == row.samples:
                step(x, y if row.sequence else y[0])
                continue
            order = torch.randperm(row.samples, device=DEVICE)
            for first in range(0, row.samples, row.batch):
                batch = order[first:first + row.batch]
                targets = y[:, batch]
                step(x[:, batch], targets if row.sequence else targets[0])
        wait()

    return run


def prediction(row):
    network = Network(row).to(DEVICE).eval()
    x = torch.randn(row.timesteps, row.samples, row.features, pin_memory=ON_CUDA)
    predict = network
    if AS_GRAPH:
        with torch.no_grad():
            predict = captured(network, x.to(DEVICE))

    @torch.inference_mode()
    def run(count):
        for _ in range(count):
            if ON_CUDA:
                predict(x if AS_GRAPH else x.to(DEVICE, non_blocking=True)).cpu()
            else:
                predict(x)

    return run


def captured(work, *examples):
    """The work as a CUDA graph, called with arguments of the examples' shapes, which are copied to where the graph reads them."""
    places = [example.clone() for example in examples]
    beside = torch.cuda.Stream()
    beside.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(beside):
        for _ in range(3):
            work(*places)
    torch.cuda.current_stream().wait_stream(beside)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        result = work(*places)

    def replay(*arguments):
        for place, argument in zip(places, arguments):
            place.copy_(argument, non_blocking=True)
        graph.replay()
        return result

    return replay


def wait():
    if ON_CUDA:
        torch.cuda.synchronize()


def version():
    if not ON_CUDA:
        return torch.__version__
    parts = [torch.__version__, f"cuDNN {torch.backends.cudnn.version()}"]
    return ", ".join(parts + ["CUDA graph"] * AS_GRAPH + ["TF32"] * ("tf32" in MODES))


if ON_CUDA:
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = "tf32" in MODES
    torch.zeros(1, device=DEVICE)  # says at once where there is none
torch.manual_seed(1)
torch.set_num_threads(int(sys.argv[-1]))
serve("PyTorch", version(), {
    **{name: partial(training, row) for name, row in (TRAINING | DEEP).items()},
    **{name: partial(prediction, row) for name, row in PREDICTION.items()},
})
