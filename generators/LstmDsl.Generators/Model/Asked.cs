namespace LstmDsl.Generators;

/// <summary>When a step computes something on its way back.</summary>
internal enum Asked
{
    /// <summary>In each training step.</summary>
    Always,

    /// <summary>Where somebody asks for the gradient of the model's input.</summary>
    WithInputGradient,
}
