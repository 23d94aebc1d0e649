namespace LstmDsl;

/// <summary>
/// What a callback remembers, as a checkpoint keeps it: numbers, texts and at most one set of weights. Everything reads back as it was
/// given, bit for bit; of a NaN only that it is one.
/// </summary>
public sealed class CallbackState
{
    /// <summary>Up to here a double holds every whole number.</summary>
    internal const long LargestCount = 1L << 53;

    /// <summary>Names that a message lists.</summary>
    private const int MostListed = 10;

    private static readonly Dictionary<string, double> NoNumbers = [];
    private static readonly Dictionary<string, string> NoTexts = [];

    /// <summary>Numbers by name, NaN and infinities among them. Default: none.</summary>
    public IReadOnlyDictionary<string, double> Numbers
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = NoNumbers;

    /// <summary>Texts by name; any well-formed Unicode. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Texts
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = NoTexts;

    /// <summary>
    /// One value for each weight of the model, in the order and number of <see cref="TrainingContext.CopyWeights"/>; null for none. What
    /// is no weight's (the values that lie between two tensors) reads back as 0.
    /// </summary>
    public float[]? Weights { get; init; }

    /// <summary>The file and the name within it that the state was read from; null for one that was not.</summary>
    internal (string File, string Callback)? Origin { get; init; }

    /// <summary>What messages speak of: the state, with file and callback where they are known.</summary>
    internal string Subject =>
        Origin is var (file, callback) ? $"'{file}': the state of the callback '{callback}'" : "The state of a callback";

    /// <summary>A number that must be there.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidDataException">There is none; the message names the file, the callback and what is missing.</exception>
    public double Number(string name) =>
        Numbers.TryGetValue(name, out var value) ? value : throw Lacks("number", name, Numbers.Keys);

    /// <summary>A number that must be there and be a count: whole, from 0 up to 2,147,483,647.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidDataException">
    /// There is none, or it is no count; the message names the file, the callback and the number.
    /// </exception>
    public int Count(string name) => (int)Count(name, int.MaxValue);

    /// <summary>A text that must be there.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidDataException">There is none; the message names the file, the callback and what is missing.</exception>
    public string Text(string name) =>
        Texts.TryGetValue(name, out var value) ? value : throw Lacks("text", name, Texts.Keys);

    /// <summary>A number that must be there and be whole, from 0 up to the largest given.</summary>
    internal long Count(string name, long most)
    {
        var value = Number(name);
        return value >= 0 && value <= most && double.IsInteger(value)
            ? (long)value
            : throw new InvalidDataException(FormattableString.Invariant(
                $"{Subject}: the number '{name}' must be whole, from 0 to {most}; found {value}."));
    }

    /// <summary>The same with weights of its own, for a callback to keep.</summary>
    internal CallbackState Copy() => new() { Numbers = Numbers, Texts = Texts, Weights = (float[]?)Weights?.Clone(), Origin = Origin };

    private InvalidDataException Lacks(string kind, string name, IEnumerable<string> found)
    {
        string[] names = [.. found.Select(one => $"'{one}'")];
        var has = names.Length == 0 ? $"no {kind}s" : string.Join(", ", names.Take(MostListed));
        var rest = names.Length > MostListed ? FormattableString.Invariant($" and {names.Length - MostListed} more") : "";
        return new(
            $"{Subject} lacks the {kind} '{name}'; it has {has}{rest}. "
            + "The file is damaged, or another callback of that name wrote it: give the run the callbacks that it was begun with.");
    }
}
