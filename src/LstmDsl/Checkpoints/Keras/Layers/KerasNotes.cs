using System.Text;

namespace LstmDsl;

/// <summary>
/// What a declaration cannot say of a layer, in lines before it: a comment where training alone would differ, an error of the compiler
/// where it would be another model.
/// </summary>
/// <param name="layer">The layer's name.</param>
internal sealed class KerasNotes(string layer)
{
    private const int LongestSentence = 300;

    private readonly StringBuilder text = new();

    /// <summary>What is lost changes training alone.</summary>
    public void OfTrainingAlone(string option, string value) =>
        Comment($"{option} = {value} cannot be declared; it changes training alone.");

    /// <summary>What is lost changes what the layer computes.</summary>
    public void OfPredictions(string option, string value) =>
        Error($"{option} = {value} cannot be declared, and this would be another model without it.");

    /// <summary>What is lost with an option.</summary>
    public void Add(KerasUndeclared lost)
    {
        switch (lost.Loss)
        {
            case KerasLoss.OfPredictions:
                OfPredictions(lost.Option, lost.Value);
                break;
            case KerasLoss.OfPrecision:
                Comment($"{lost.Option} = {lost.Value}; here all numbers are float32.");
                break;
            case KerasLoss.Unknown:
                Comment($"{lost.Option} = {lost.Value} is not known here, and not looked at.");
                break;
            default:
                OfTrainingAlone(lost.Option, lost.Value);
                break;
        }
    }

    /// <summary>Writes a comment.</summary>
    public void Comment(string sentence) => Line("// ", sentence);

    /// <summary>Writes what the compiler stops at.</summary>
    public void Error(string sentence) => Line("#error ", sentence);

    /// <summary>The lines.</summary>
    public override string ToString() => text.ToString();

    private void Line(string begin, string sentence)
    {
        text.Append(begin).Append(KerasNames.Plain(layer)).Append(": ");
        // A file's word cannot end the line, nor make it longer than one reads.
        foreach (var letter in sentence.AsSpan(0, Math.Min(sentence.Length, LongestSentence)))
            text.Append(letter is >= ' ' and <= '~' ? letter : '?');
        text.Append(sentence.Length > LongestSentence ? "...\n" : "\n");
    }
}
