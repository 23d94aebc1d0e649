namespace LstmDsl;

/// <summary>Watches one value of the logs and tells whether it got better: what callbacks with a monitor share.</summary>
internal sealed class Improvement
{
    private const string ValidationPrefix = "val_";
    private readonly string owner;
    private readonly Mode mode;
    private readonly double minDelta;
    private Direction direction;

    /// <param name="owner">The callback, for messages.</param>
    /// <param name="monitor">What it watches.</param>
    /// <param name="mode">Which way that improves.</param>
    /// <param name="minDelta">By how much a value must be better; its sign does not matter.</param>
    public Improvement(string owner, Monitored monitor, Mode mode, double minDelta)
    {
        if (string.IsNullOrEmpty(monitor.Name))
            throw new ArgumentException($"{owner} needs the name of a value to monitor, such as {Monitored.ValLoss}.", nameof(monitor));
        if (!Enum.IsDefined(mode))
            throw new ArgumentOutOfRangeException(nameof(mode), mode, $"{owner} knows these: {string.Join(", ", Enum.GetNames<Mode>())}.");
        if (!double.IsFinite(minDelta))
            throw new ArgumentOutOfRangeException(nameof(minDelta), minDelta, $"{owner} needs a finite minDelta.");
        this.owner = owner;
        this.mode = mode;
        this.minDelta = Math.Abs(minDelta);
        Name = monitor.Name;
    }

    /// <summary>The name of the value.</summary>
    public string Name { get; }

    /// <summary>What any number improves on.</summary>
    public double Worst => direction == Direction.Minimize ? double.PositiveInfinity : double.NegativeInfinity;

    /// <summary>Checks that the run produces the value at all.</summary>
    /// <param name="produced">The names that the logs will hold whenever the callback looks at them.</param>
    /// <param name="moment">When that is, for the message.</param>
    public void RequireProduced(IReadOnlyList<string> produced, string moment)
    {
        if (produced.Contains(Name)) return;
        var remedy = IsOfValidation(Name) && !produced.Any(IsOfValidation)
            ? "; names that begin with val_ need validation data and are known only at an epoch's end"
            : "";
        throw new InvalidOperationException(
            $"{owner} monitors \"{Name}\", which this run never produces. Known at {moment}: {string.Join(", ", produced)}{remedy}.");
    }

    /// <summary>Finds out which way the value improves.</summary>
    public void Resolve(TrainingContext context) => direction = mode switch
    {
        Mode.Min => Direction.Minimize,
        Mode.Max => Direction.Maximize,
        _ => DirectionOf(context) ?? throw new InvalidOperationException(
            $"{owner} cannot tell whether a better \"{Name}\" is smaller or larger. Give it a mode, Mode.Min or Mode.Max."),
    };

    /// <summary>Whether a value is better than another by more than the smallest change that counts. NaN never is.</summary>
    public bool IsBetter(double value, double reference) =>
        direction == Direction.Minimize ? value + minDelta < reference : value - minDelta > reference;

    /// <summary>Whether a value comes from the validation data, so that it is known at an epoch's end alone.</summary>
    public static bool IsOfValidation(string name) => name.StartsWith(ValidationPrefix, StringComparison.Ordinal);

    private Direction? DirectionOf(TrainingContext context)
    {
        var name = IsOfValidation(Name) ? Name[ValidationPrefix.Length..] : Name;
        return name == Monitored.Loss.Name ? Direction.Minimize : context.DirectionOf(name);
    }
}
