using System.Globalization;
using LstmDsl.Benchmarks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

// LibTorch through TorchSharp: training and prediction, eager, time-major (its own faster layout), data resident.
set_num_threads(int.Parse(args[0], CultureInfo.InvariantCulture));
random.manual_seed(1);
var epoch = new TorchRow("lstm", 40, 20, 1, 170) { Sequence = true, Batch = 10, Sgd = true };
var training = new Dictionary<string, TorchRow>
{
    ["lstm40-epoch"] = epoch,
    ["rnn40-epoch"] = epoch with { Layer = "rnn" },
    ["lstm20-step"] = new("lstm", 20, 20, 1, 32),
    ["lstm32-step"] = new("lstm", 32, 120, 14, 256),
    ["lstm128-step"] = new("lstm", 128, 100, 16, 64),
    ["lstm512-step"] = new("lstm", 512, 100, 64, 64),
    ["deep-lstm128-step"] = new("lstm", 128, 100, 16, 64) { Layers = 3 },
    ["long-lstm64-step"] = new("lstm", 64, 1000, 16, 32),
    ["gru32-step"] = new("gru", 32, 120, 14, 256),
    ["gru128-step"] = new("gru", 128, 100, 16, 64),
};
var rows = training.ToDictionary(row => row.Key, row => (Func<Action<int>>)(() => Training(row.Value)));
rows["lstm32-predict"] = () => Prediction(training["lstm32-step"]);
rows["lstm128-predict"] = () => Prediction(training["lstm128-step"]);
rows["lstm512-predict"] = () => Prediction(training["lstm512-step"]);
rows["lstm40-window"] = () => Prediction(new("lstm", 40, 20, 1, 1));
PeerProtocol.Serve("TorchSharp", $"{typeof(torch).Assembly.GetName().Version!.ToString(3)} (LibTorch {__version__})", rows);

static Action<int> Training(TorchRow row)
{
    var network = new TorchNetwork(row);
    var loss = MSELoss();
    var x = randn(row.Timesteps, row.Samples, row.Features);
    var y = row.Sequence ? randn(row.Timesteps, row.Samples, 1) : randn(row.Samples, 1);
    torch.optim.Optimizer optimizer = row.Sgd
        ? torch.optim.SGD(network.parameters(), 0.01)
        : torch.optim.RMSProp(network.parameters(), 0.001, alpha: 0.9, eps: 1e-7);
    return count =>
    {
        for (var repeat = 0; repeat < count; repeat++)
        {
            using var scope = NewDisposeScope();
            if (row.Batch == 0)
            {
                Step(x, y);
                continue;
            }

            var order = randperm(row.Samples);
            for (var first = 0; first < row.Samples; first += row.Batch)
            {
                var batch = order.slice(0, first, first + row.Batch, 1);
                Step(x.index_select(1, batch), y.index_select(1, batch));
            }
        }
    };

    void Step(Tensor inputs, Tensor targets)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        loss.forward(network.forward(inputs), targets).backward();
        optimizer.step();
    }
}

static Action<int> Prediction(TorchRow row)
{
    var network = new TorchNetwork(row);
    network.eval();
    var x = randn(row.Timesteps, row.Samples, row.Features);
    return count =>
    {
        using var mode = inference_mode();
        for (var repeat = 0; repeat < count; repeat++)
            network.forward(x).Dispose();
    };
}

/// <summary>What a row is.</summary>
internal sealed record TorchRow(string Layer, int Units, int Timesteps, int Features, int Samples)
{
    /// <summary>Whether every timestep has an output.</summary>
    public bool Sequence { get; init; }

    /// <summary>Samples of a batch; 0 for all at once.</summary>
    public int Batch { get; init; }

    /// <summary>Layers, one upon the other.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether SGD trains it rather than RMSprop.</summary>
    public bool Sgd { get; init; }
}

/// <summary>A recurrent layer, or several, and a dense one.</summary>
internal sealed class TorchNetwork : Module<Tensor, Tensor>
{
    private readonly bool sequence;
    private readonly Module recurrent;
    private readonly Linear dense;

    public TorchNetwork(TorchRow row) : base(nameof(TorchNetwork))
    {
        sequence = row.Sequence;
        recurrent = row.Layer switch
        {
            "gru" => GRU(row.Features, row.Units, row.Layers),
            "rnn" => RNN(row.Features, row.Units, row.Layers),
            _ => LSTM(row.Features, row.Units, row.Layers),
        };
        dense = Linear(row.Units, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var outputs = recurrent switch
        {
            LSTM lstm => lstm.forward(input).Item1,
            GRU gru => gru.forward(input).Item1,
            _ => ((RNN)recurrent).forward(input, null).Item1,
        };
        return scope.MoveToOuter(dense.forward(sequence ? outputs : outputs[-1]));
    }
}
