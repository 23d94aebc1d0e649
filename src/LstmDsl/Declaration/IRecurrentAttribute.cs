namespace LstmDsl;

/// <summary>What the attributes of recurrent layers have in common.</summary>
internal interface IRecurrentAttribute : IActivityAttribute
{
    /// <summary>Width of the state and of the output.</summary>
    int Units { get; }

    /// <summary>Activation of the output, or of the candidate.</summary>
    Activation Activation { get; }

    /// <summary>Activation of the gates; that of the output where there are none.</summary>
    Activation RecurrentActivation { get; }

    /// <summary>Whether the layer has a bias.</summary>
    bool UseBias { get; }

    /// <summary>Whether the layer gives its output of every timestep.</summary>
    bool ReturnSequences { get; }

    /// <summary>Whether the layer reads its input from the last timestep to the first.</summary>
    bool GoBackwards { get; }

    /// <summary>Whether each batch starts in the states that the batch before it left.</summary>
    bool Stateful { get; }

    /// <summary>Name of the layer whose last states this one begins with; null for zeros.</summary>
    string? InitialState { get; }

    /// <summary>The part of the input that is set to zero in training.</summary>
    double Dropout { get; }

    /// <summary>The part of the state that is set to zero in training; 0 where no recurrent kernel reads it.</summary>
    double RecurrentDropout { get; }
}
