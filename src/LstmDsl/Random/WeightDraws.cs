namespace LstmDsl;

/// <summary>
/// Random numbers for one tensor's elements. Elements 4k to 4k + 3 share the draw of the counter (tensor, k, 0, 0). A truncated
/// distribution rejects some of its numbers: the n-th redraw has the counter (tensor, k, n, 0), and an element that still needs a number
/// takes the one at its own place in it. So an element never depends on another one, nor on the order in which they are filled.
/// </summary>
/// <param name="tensorIndex">The tensor's place in the table.</param>
/// <param name="seed">The seed.</param>
internal readonly struct WeightDraws(uint tensorIndex, int seed)
{
    /// <summary>Numbers that one draw gives.</summary>
    public const int AtATime = 4;

    /// <summary>Deviations from the mean beyond which a truncated normal distribution has nothing, as in Keras.</summary>
    private const double Cut = 2;

    /// <summary>Uniform between two bounds.</summary>
    public void FillUniform(Span<float> tensor, double minimum, double maximum)
    {
        var middle = (minimum + maximum) / 2;
        var half = (maximum - minimum) / 2;
        Span<uint> words = stackalloc uint[AtATime];
        for (var from = 0; from < tensor.Length; from += AtATime)
        {
            Words(words, from);
            var numbers = Group(tensor, from);
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = (float)(middle + (half * ((2.0 * Distributions.UniformSingle(words[i])) - 1)));
        }
    }

    /// <summary>Normal.</summary>
    public void FillNormal(Span<float> tensor, double mean, double deviation)
    {
        Span<double> normal = stackalloc double[AtATime];
        for (var from = 0; from < tensor.Length; from += AtATime)
        {
            Normal(normal, from);
            var numbers = Group(tensor, from);
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = (float)(mean + (deviation * normal[i]));
        }
    }

    /// <summary>Normal, a number beyond two deviations drawn again.</summary>
    /// <param name="tensor">Takes the numbers.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="deviation">The deviation before the cut.</param>
    public void FillTruncatedNormal(Span<float> tensor, double mean, double deviation)
    {
        Span<double> normal = stackalloc double[AtATime];
        Span<double> again = stackalloc double[AtATime];
        for (var from = 0; from < tensor.Length; from += AtATime)
        {
            Normal(normal, from);
            var numbers = Group(tensor, from);
            for (var redraw = 1u; ExceedsCut(normal[..numbers.Length]); redraw++)
            {
                Normal(again, from, redraw);
                for (var i = 0; i < numbers.Length; i++)
                {
                    if (Math.Abs(normal[i]) > Cut)
                        normal[i] = again[i];
                }
            }

            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = (float)(mean + (deviation * normal[i]));
        }
    }

    /// <summary>Standard normal numbers for the four elements from <paramref name="element"/> on.</summary>
    public void Normal(Span<double> numbers, int element, uint redraw = 0)
    {
        Span<uint> words = stackalloc uint[AtATime];
        Words(words, element, redraw);
        (numbers[0], numbers[1]) = Distributions.Normal(words[0], words[1]);
        (numbers[2], numbers[3]) = Distributions.Normal(words[2], words[3]);
    }

    private static Span<float> Group(Span<float> tensor, int from) => tensor[from..Math.Min(from + AtATime, tensor.Length)];

    private static bool ExceedsCut(ReadOnlySpan<double> numbers)
    {
        foreach (var number in numbers)
        {
            if (Math.Abs(number) > Cut)
                return true;
        }

        return false;
    }

    private void Words(Span<uint> words, int element, uint redraw = 0)
    {
        var drawn = Philox.Draw(seed, RandomPurpose.Weights, tensorIndex, (uint)(element / AtATime), redraw);
        (words[0], words[1], words[2], words[3]) = (drawn.Word0, drawn.Word1, drawn.Word2, drawn.Word3);
    }
}
