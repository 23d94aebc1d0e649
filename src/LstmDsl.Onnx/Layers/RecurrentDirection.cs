using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>A recurrent layer's cell in one direction.</summary>
/// <param name="Source">Its options and weights.</param>
/// <param name="IsReverse">Whether it reads its input from the last timestep to the first.</param>
internal sealed record RecurrentDirection(LayerSource Source, bool IsReverse)
{
    private IRecurrentAttribute Declared => (IRecurrentAttribute)Source.Declaration;

    /// <summary>Width of the state.</summary>
    public int Units => Declared.Units;

    /// <summary>The standard operator; null where there is none, only a loop.</summary>
    public string? Operator => Declared switch
    {
        LstmAttribute => "LSTM",
        GruAttribute => "GRU",
        SimpleRnnAttribute => "RNN",
        _ => null,
    };

    /// <summary>How many blocks of columns the kernels have.</summary>
    public int Gates => Declared switch
    {
        LstmAttribute => 4,
        GruAttribute => 3,
        MinGruAttribute => 2,
        _ => 1,
    };

    /// <summary>Whether a GRU's reset gate multiplies what the recurrent kernel makes of the state.</summary>
    public bool ResetAfter => Declared is GruAttribute { ResetAfter: true };

    /// <summary>The functions of the operator's order: gates, candidate and, for an LSTM, output.</summary>
    public Activation[] Activations => Declared switch
    {
        LstmAttribute => [RecurrentActivation, Activation, Activation],
        GruAttribute => [RecurrentActivation, Activation],
        _ => [Activation],
    };

    /// <summary>The activation of what is new.</summary>
    public Activation Activation => Declared.Activation;

    /// <summary>The activation of the gates.</summary>
    public Activation RecurrentActivation => Declared.RecurrentActivation;

    /// <summary>The kernel, (inputs, gates·units).</summary>
    public float[] Kernel => Source.Values(TensorRole.Kernel);

    /// <summary>The recurrent kernel, (units, gates·units).</summary>
    public float[] RecurrentKernel => Source.Values(TensorRole.RecurrentKernel);

    /// <summary>The bias: (gates·units), or two such rows where a GRU resets after the product; null without one.</summary>
    public float[]? Bias => Source.Find(TensorRole.Bias);
}
