using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>A recurrent layer's cell in one direction.</summary>
/// <param name="Source">Its options and weights.</param>
/// <param name="IsReverse">Whether it reads its input from the last timestep to the first.</param>
internal sealed record RecurrentDirection(LayerSource Source, bool IsReverse)
{
    /// <summary>Width of the state.</summary>
    public int Units => Source.Whole("units");

    /// <summary>The standard operator; null where there is none, only a loop.</summary>
    public string? Operator => Source.Kind switch
    {
        "LSTM" or "GRU" => Source.Kind,
        "SimpleRNN" => "RNN",
        _ => null,
    };

    /// <summary>How many blocks of columns the kernels have.</summary>
    public int Gates => Source.Kind switch
    {
        "LSTM" => 4,
        "GRU" => 3,
        "MinGRU" => 2,
        _ => 1,
    };

    /// <summary>Whether a GRU's reset gate multiplies what the recurrent kernel makes of the state.</summary>
    public bool ResetAfter => Source.Kind == "GRU" && Source.Flag("reset_after");

    /// <summary>The functions of the operator's order: gates, candidate and, for an LSTM, output.</summary>
    public Activation[] Activations => Source.Kind switch
    {
        "LSTM" => [RecurrentActivation, Activation, Activation],
        "GRU" => [RecurrentActivation, Activation],
        _ => [Activation],
    };

    /// <summary>The activation of what is new.</summary>
    public Activation Activation => Source.Choice<Activation>("activation");

    /// <summary>The activation of the gates.</summary>
    public Activation RecurrentActivation => Source.Choice<Activation>("recurrent_activation");

    /// <summary>The kernel, (inputs, gates·units).</summary>
    public float[] Kernel => Source.Values(TensorRole.Kernel);

    /// <summary>The recurrent kernel, (units, gates·units).</summary>
    public float[] RecurrentKernel => Source.Values(TensorRole.RecurrentKernel);

    /// <summary>The bias: (gates·units), or two such rows where a GRU resets after the product; null without one.</summary>
    public float[]? Bias => Source.Find(TensorRole.Bias);
}
