namespace LstmDsl.Benchmarks;

/// <summary>How often work must be repeated to be measured.</summary>
internal static class Repetitions
{
    /// <summary>A round lasts at least this long, in seconds: work shorter than that is repeated, and the time divided.</summary>
    private const double ShortestRound = 0.1;

    private const int Trials = 3;

    /// <summary>
    /// The smallest power of two whose median time of three is that of a round. One time alone may be that of a thread that waited: small work
    /// would be repeated too seldom, and the clock measured in its place.
    /// </summary>
    /// <param name="time">Runs the work so many times; returns how long that took, in seconds.</param>
    public static int Find(Func<int, double> time)
    {
        var count = 1;
        while (IsTooShort(count))
            count *= 2;
        return count;

        bool IsTooShort(int count)
        {
            var tooShort = 0;
            for (var trial = 0; trial < Trials && tooShort <= Trials / 2 && trial - tooShort <= Trials / 2; trial++)
            {
                if (time(count) < ShortestRound)
                    tooShort++;
            }

            return tooShort > Trials / 2;
        }
    }
}
