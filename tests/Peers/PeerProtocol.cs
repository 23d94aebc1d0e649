using System.Diagnostics;
using System.Text.Json;

namespace LstmDsl.Benchmarks;

/// <summary>What a peer in .NET says and hears; see ../LstmDsl.Benchmarks/Peers/README.md.</summary>
internal static class PeerProtocol
{
    /// <summary>Introduces a peer, then measures rows until its input ends.</summary>
    /// <param name="peer">Its name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="rows">For each row what prepares it, and returns what does its work so many times.</param>
    public static void Serve(string peer, string version, IReadOnlyDictionary<string, Func<Action<int>>> rows)
    {
        Say(new { peer, version, rows = rows.Keys });
        string? prepared = null;
        Action<int> work = _ => { };
        var count = 1;
        while (Console.In.ReadLine() is { } line)
        {
            try
            {
                if (line != prepared)
                {
                    work = rows[line]();
                    work(1);
                    count = Repetitions.Find(count => Time(work, count));
                    prepared = line;
                }

                Say(new { seconds = Time(work, count) / count });
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                Say(new { error = failure.Message });
            }
        }
    }

    private static double Time(Action<int> work, int count)
    {
        var begun = Stopwatch.GetTimestamp();
        work(count);
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static void Say<T>(T message) => Console.WriteLine(JsonSerializer.Serialize(message));
}
