using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>A layer of ours with weights, as the PyTorch module that it would be.</summary>
/// <param name="Name">The layer's name in files.</param>
/// <param name="Declaration">Its attribute, that of the inner layer where both directions are run.</param>
/// <param name="Parameters">The module's parameters.</param>
internal sealed record TorchLayer(string Name, LayerAttribute Declaration, IReadOnlyList<TorchParameter> Parameters)
{
    /// <summary>The epsilon of PyTorch's modules that are given none.</summary>
    private const double TorchEpsilon = 1e-5;

    private const string Reverse = "_reverse";

    /// <summary>Keras's class.</summary>
    public string Kind => Declaration.Kind;

    /// <summary>Whether it may be one of several layers of its module.</summary>
    public bool IsRecurrent => Declaration is IRecurrentAttribute;

    /// <summary>Whether it keeps moving averages, and in PyTorch a count of batches too.</summary>
    public bool KeepsAverages => Declaration is BatchNormalizationAttribute;

    /// <summary>What a normalisation layer adds to the variance, which no state dict holds; null for other layers.</summary>
    private double? Epsilon => Declaration switch
    {
        LayerNormalizationAttribute layer => layer.Epsilon,
        BatchNormalizationAttribute batch => batch.Epsilon,
        _ => null,
    };

    /// <summary>What is to be known of the layer when a state dict has been read; null where there is nothing.</summary>
    public string? LoadWarning(string file) => OtherEpsilon is not { } epsilon ? null
        : $"'{file}' does not say the epsilon of {TorchName} ({TorchEpsilonText} unless it was given another), for no state dict does; "
            + $"'{Name}' computes with {epsilon}. Declare [{Kind}(Epsilon = 1e-5)], or whatever eps the module was made with.";

    /// <summary>What is to be known of the layer when a state dict has been written; null where there is nothing.</summary>
    public string? SaveWarning(string file) => OtherEpsilon is not { } epsilon ? null
        : $"'{file}' does not say that '{Name}' computes with an epsilon of {epsilon}, for no state dict does; make PyTorch's module as "
            + $"{TorchName}(…, eps={epsilon}), which has {TorchEpsilonText} otherwise.";

    private static string TorchEpsilonText => KerasJson.Shortest(TorchEpsilon);

    private string? OtherEpsilon => Epsilon is { } epsilon && epsilon != TorchEpsilon ? KerasJson.Shortest(epsilon) : null;

    private string TorchName => KeepsAverages ? "BatchNorm1d" : "LayerNorm";

    /// <summary>The layers of a model that have weights.</summary>
    /// <param name="plan">The model.</param>
    /// <param name="names">What the user names; every name must be one of these layers'.</param>
    /// <exception cref="ArgumentException">A name is no layer's, or a layer is one that PyTorch's modules cannot be.</exception>
    public static IReadOnlyList<TorchLayer> Of(ModelPlan plan, IReadOnlyDictionary<string, string>? names)
    {
        List<TorchLayer> layers = [.. plan.Layers.Where(layer => Slots(plan, layer.Name).Any()).Select(layer => Of(plan, layer))];
        foreach (var name in names?.Keys ?? [])
        {
            if (layers.TrueForAll(layer => layer.Name != name))
            {
                throw new ArgumentException(
                    $"{plan.Name} has no layer '{name}' with weights; it has {string.Join(", ", layers.Select(layer => $"'{layer.Name}'"))}.",
                    nameof(names));
            }
        }

        return layers;
    }

    /// <summary>PyTorch's name of a parameter in the layer of that number of its module.</summary>
    public string NameOf(string parameter, int number)
    {
        if (!IsRecurrent)
            return parameter;
        return parameter.EndsWith(Reverse, StringComparison.Ordinal)
            ? FormattableString.Invariant($"{parameter[..^Reverse.Length]}_l{number}{Reverse}")
            : FormattableString.Invariant($"{parameter}_l{number}");
    }

    private static IEnumerable<TensorSlot> Slots(ModelPlan plan, string prefix) =>
        plan.Tensors.Where(slot => slot.Name.StartsWith($"{prefix}.", StringComparison.Ordinal));

    private static TorchLayer Of(ModelPlan plan, LayerPlan layer)
    {
        switch (layer.Declaration)
        {
            case NormalizationAttribute:
                throw new ArgumentException(
                    $"The layer '{layer.Name}' keeps mean and variance as weights, for which PyTorch has no module. Declare them as constants, "
                    + "[Normalization(Mean = […], Variance = […])], or exchange the model by another format.");
            case DenseAttribute or Conv1DAttribute or EmbeddingAttribute or LayerNormalizationAttribute or BatchNormalizationAttribute:
                return new(layer.Name, layer.Declaration, [.. Slots(plan, layer.Name).Select(Plain)]);
            default:
                break;
        }

        if (layer.Wrapper is { } wrapper)
            Require(layer, "merge_mode", wrapper.Merge, Merge.Concat);
        RequireRecurrent(layer);
        var resetsFirst = layer.Declaration is GruAttribute;
        IEnumerable<TorchParameter> parameters = layer.Wrapper is null
            ? Recurrent(resetsFirst, Slots(plan, layer.Name), "")
            :
            [
                .. Recurrent(resetsFirst, Slots(plan, $"{layer.Name}.forward"), ""),
                .. Recurrent(resetsFirst, Slots(plan, $"{layer.Name}.backward"), Reverse),
            ];
        return new(layer.Name, layer.Declaration, [.. parameters]);
    }

    private static void RequireRecurrent(LayerPlan layer)
    {
        switch (layer.Declaration)
        {
            case SimpleRnnAttribute simple:
                Require(layer, "activation", simple.Activation, Activation.Tanh, Activation.Relu);
                break;
            case LstmAttribute lstm:
                RequireGates(layer, lstm);
                break;
            case GruAttribute gru:
                RequireGates(layer, gru);
                Require(layer, "reset_after", gru.ResetAfter, true);
                break;
            default:
                throw new ArgumentException(
                    $"The layer '{layer.Name}' is a {layer.Declaration.Kind}, for which PyTorch has no module, so weights cannot be exchanged.");
        }
    }

    private static void RequireGates(LayerPlan layer, IRecurrentAttribute declared)
    {
        Require(layer, "activation", declared.Activation, Activation.Tanh);
        Require(layer, "recurrent_activation", declared.RecurrentActivation, Activation.Sigmoid);
    }

    private static void Require<T>(LayerPlan layer, string option, T value, params T[] known) where T : struct
    {
        if (!known.Contains(value))
        {
            throw new ArgumentException(
                $"The layer '{layer.Name}' has {option} = {KerasOption.Text(value)}; PyTorch's module has "
                + $"{string.Join(" or ", known.Select(one => KerasOption.Text(one)))} alone, so weights cannot be exchanged.");
        }
    }

    /// <summary>A module of one matrix, vector or window, and what belongs to it.</summary>
    private static TorchParameter Plain(TensorSlot slot)
    {
        var (inputs, columns) = (slot.Rows / Math.Max(slot.Window, 1), slot.Columns);
        return slot.Role switch
        {
            TensorRole.Kernel when slot.Window > 0 => new(
                "weight",
                [columns, inputs, slot.Window],
                slot,
                i => (((i % slot.Window) * inputs) + (i / slot.Window % inputs)) * columns + (i / (slot.Window * inputs))),
            TensorRole.Kernel => new("weight", [columns, inputs], slot, Transposed(inputs, columns, row => row)),
            TensorRole.Bias or TensorRole.Beta => new("bias", slot.Shape, slot, i => i),
            TensorRole.MovingMean => new("running_mean", slot.Shape, slot, i => i),
            TensorRole.MovingVariance => new("running_var", slot.Shape, slot, i => i),
            _ => new("weight", slot.Shape, slot, i => i),
        };
    }

    private static IEnumerable<TorchParameter> Recurrent(bool resetsFirst, IEnumerable<TensorSlot> slots, string suffix)
    {
        foreach (var slot in slots)
        {
            var columns = slot.Columns;
            // PyTorch's GRU has the reset gate first, ours the update gate; an LSTM's gates are in the same order.
            var units = columns / 3;
            Func<int, int> gate = !resetsFirst ? row => row : row => row < units ? row + units : row < 2 * units ? row - units : row;
            switch (slot.Role)
            {
                case TensorRole.Kernel:
                    yield return new($"weight_ih{suffix}", [columns, slot.Rows], slot, Transposed(slot.Rows, columns, gate));
                    break;
                case TensorRole.RecurrentKernel:
                    yield return new($"weight_hh{suffix}", [columns, slot.Rows], slot, Transposed(slot.Rows, columns, gate));
                    break;
                default:
                    yield return new($"bias_ih{suffix}", [columns], slot, gate);
                    yield return slot.Rows == 2
                        ? new($"bias_hh{suffix}", [columns], slot, row => columns + gate(row))
                        : new($"bias_hh{suffix}", [columns], slot, gate, IsAdded: true);
                    break;
            }
        }
    }

    /// <summary>The place of each value of (columns, rows) in (rows, columns), whose columns stand elsewhere.</summary>
    private static Func<int, int> Transposed(int rows, int columns, Func<int, int> column) => i => ((i % rows) * columns) + column(i / rows);
}
