namespace LstmDsl;

/// <summary>
/// Sets a random part of its input to zero while a model is trained and scales the rest up by 1 / (1 − rate), so that the expectation stays
/// (Srivastava et al., 2014; <c>keras.layers.Dropout</c>). A prediction passes its input on.
/// </summary>
/// <param name="rate">The part that is set to zero; at least 0 and below 1.</param>
[AttributeUsage(AnnotatedTypes.All, AllowMultiple = true, Inherited = false)]
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The part that is set to zero.</summary>
    public double Rate { get; } = rate;

    /// <summary>Name in code, files and summaries; a C# identifier. Default: <c>Dropout</c>, then <c>Dropout1</c> and so on.</summary>
    public string? Name { get; set; }

    /// <inheritdoc/>
    internal override string Kind => "Dropout";
}
