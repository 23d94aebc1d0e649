namespace LstmDsl;

/// <summary>Declares one layer of the model on whose class it stands, after those above it. The model's plan holds each as it is.</summary>
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// Whether training changes its weights; with false they stay as they are drawn or loaded, cost nothing, and a batch normalisation
    /// normalises with its moving averages. Default: true.
    /// </summary>
    public bool Trainable { get; set; } = true;

    /// <summary>The layer's class in summaries and files: Keras's, if it has one.</summary>
    internal abstract string Kind { get; }
}
