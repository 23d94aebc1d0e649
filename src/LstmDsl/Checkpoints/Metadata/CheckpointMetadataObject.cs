using System.Text.Json;

namespace LstmDsl;

/// <summary>A JSON object of the metadata, whose members are asked for by name and kind.</summary>
internal readonly struct CheckpointMetadataObject
{
    private readonly JsonElement element;
    private readonly string place;
    private readonly string file;

    /// <summary>Takes an element that must be an object.</summary>
    /// <param name="element">The element.</param>
    /// <param name="place">Where it stands, for messages: <c>training.callbacks</c>.</param>
    /// <param name="file">The file that it comes from, for messages.</param>
    /// <exception cref="InvalidDataException">It is no object.</exception>
    public CheckpointMetadataObject(JsonElement element, string place, string file)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"'{file}': {place} must be a JSON object; found {Found(element)}.");
        }

        this.element = element;
        this.place = place;
        this.file = file;
    }

    /// <summary>The object's own JSON.</summary>
    public string RawText => element.GetRawText();

    /// <summary>How many members it has.</summary>
    public int Count => element.GetPropertyCount();

    /// <summary>All members, each an object. They are not looked up by name, which would take the longer the more there are.</summary>
    public IEnumerable<(string Name, CheckpointMetadataObject Value)> Objects()
    {
        foreach (var member in element.EnumerateObject())
            yield return (member.Name, new(member.Value, Place(member.Name), file));
    }

    /// <summary>Whether there is such a member, and it is not null.</summary>
    public bool Has(string name) => element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null;

    /// <summary>A member that is an object.</summary>
    public CheckpointMetadataObject Object(string name) => new(Member(name), Place(name), file);

    /// <summary>A member that is a text.</summary>
    public string Text(string name)
    {
        var member = Member(name);
        return member.ValueKind == JsonValueKind.String ? member.GetString()! : throw Fault(name, "a text", member);
    }

    /// <summary>A member that is a whole number between two others.</summary>
    public long Integer(string name, long least, long most)
    {
        var member = Member(name);
        return member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var value) && value >= least && value <= most
            ? value
            : throw Fault(name, $"a whole number from {least} to {most}", member);
    }

    /// <summary>A member that is a number, or one of the texts that stand for those without digits.</summary>
    public double Number(string name) => Number(name, Member(name));

    /// <summary>All members, each a number.</summary>
    public IReadOnlyDictionary<string, double> Numbers()
    {
        Dictionary<string, double> numbers = [];
        foreach (var member in element.EnumerateObject())
        {
            numbers.Add(member.Name, Number(member.Name, member.Value));
        }

        return numbers;
    }

    /// <summary>All members, each a text.</summary>
    public IReadOnlyDictionary<string, string> Texts()
    {
        Dictionary<string, string> texts = [];
        foreach (var member in element.EnumerateObject())
        {
            texts.Add(member.Name, member.Value.ValueKind == JsonValueKind.String
                ? member.Value.GetString()!
                : throw Fault(member.Name, "a text", member.Value));
        }

        return texts;
    }

    /// <summary>All members, each an array of numbers, some of which may be missing.</summary>
    public IEnumerable<(string Name, double?[] Numbers)> NumberLists()
    {
        foreach (var member in element.EnumerateObject())
            yield return (member.Name, Numbers(member.Name, member.Value));
    }

    /// <summary>A member that is true or false.</summary>
    public bool Flag(string name)
    {
        var member = Member(name);
        return member.ValueKind is JsonValueKind.True or JsonValueKind.False ? member.GetBoolean() : throw Fault(name, "true or false", member);
    }

    /// <summary>A member that is an array of numbers, some of which may be missing.</summary>
    public double?[] Numbers(string name) => Numbers(name, Member(name));

    /// <summary>A member that is an array of whole numbers between two others.</summary>
    public int[] Integers(string name, int least, int most)
    {
        var list = Array(name, Member(name));
        var numbers = new int[list.GetArrayLength()];
        var i = 0;
        foreach (var item in list.EnumerateArray())
        {
            numbers[i++] = item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var value) && value >= least && value <= most
                ? value
                : throw Fault(name, $"whole numbers from {least} to {most}", item);
        }

        return numbers;
    }

    /// <summary>A member that is an array of texts.</summary>
    public string[] Texts(string name)
    {
        var list = Array(name, Member(name));
        var texts = new string[list.GetArrayLength()];
        var i = 0;
        foreach (var item in list.EnumerateArray())
            texts[i++] = item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Fault(name, "texts", item);
        return texts;
    }

    /// <summary>What is wrong with a member, to be thrown.</summary>
    public InvalidDataException Problem(string name, string expected) => Fault(name, expected, Member(name));

    private static string Found(JsonElement element)
    {
        const int Longest = 40;
        var text = element.GetRawText();
        return text.Length <= Longest ? text : $"{text[..Longest]}…";
    }

    private double Number(string name, JsonElement member) => member.ValueKind switch
    {
        JsonValueKind.Number when member.TryGetDouble(out var value) && double.IsFinite(value) => value,
        JsonValueKind.String => member.GetString() switch
        {
            CheckpointMetadataNames.NotANumber => double.NaN,
            CheckpointMetadataNames.PositiveInfinity => double.PositiveInfinity,
            CheckpointMetadataNames.NegativeInfinity => double.NegativeInfinity,
            _ => throw Fault(name, "a number", member),
        },
        _ => throw Fault(name, "a number", member),
    };

    private double?[] Numbers(string name, JsonElement member)
    {
        var list = Array(name, member);
        var numbers = new double?[list.GetArrayLength()];
        var i = 0;
        foreach (var item in list.EnumerateArray())
            numbers[i++] = item.ValueKind == JsonValueKind.Null ? null : Number(name, item);
        return numbers;
    }

    private JsonElement Array(string name, JsonElement member) =>
        member.ValueKind == JsonValueKind.Array ? member : throw Fault(name, "an array", member);

    private string Place(string name) => $"'{Excerpt.Of(name)}' in {place}";

    private JsonElement Member(string name) => element.TryGetProperty(name, out var member)
        ? member
        : throw new InvalidDataException($"'{file}': {place} lacks its '{name}'.");

    private InvalidDataException Fault(string name, string expected, JsonElement found) =>
        new($"'{file}': {Place(name)} must be {expected}; found {Found(found)}.");
}
