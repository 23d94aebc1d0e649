namespace LstmDsl;

/// <summary>The name of a value that training produces each epoch: what a callback watches and a <see cref="History"/> is asked for.</summary>
/// <param name="Name">Keras's name: <c>loss</c>, <c>val_loss</c>, <c>mean_absolute_error</c>, <c>val_mean_absolute_error</c>.</param>
public readonly record struct Monitored(string Name)
{
    /// <summary>The training loss.</summary>
    public static Monitored Loss => new("loss");

    /// <summary>The validation loss.</summary>
    public static Monitored ValLoss => new("val_loss");

    /// <summary>A metric over the training data.</summary>
    public static Monitored Of(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new(metric.Name);
    }

    /// <summary>A metric over the validation data.</summary>
    public static Monitored Val(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return new("val_" + metric.Name);
    }

    /// <summary>A value by its name.</summary>
    public static implicit operator Monitored(string name) => new(name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
