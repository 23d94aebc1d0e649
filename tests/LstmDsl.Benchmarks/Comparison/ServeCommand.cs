using System.Globalization;
using System.Text.Json;

namespace LstmDsl.Benchmarks;

/// <summary>
/// <c>serve</c>: this library as a peer, which says and hears what Peers/README.md tells. So another commit's library takes part in a comparison
/// (<see cref="EarlierCommit"/>).
/// </summary>
internal static class ServeCommand
{
    /// <summary>What a peer of this kind calls itself.</summary>
    public const string PeerName = "LstmDsl of";

    /// <summary>Runs the command and returns its exit code.</summary>
    public static int Run(string[] arguments)
    {
        if (arguments is not [var version, var number] || !int.TryParse(number, CultureInfo.InvariantCulture, out var threads) || threads < 1)
        {
            Console.Error.WriteLine("serve takes a version to introduce itself with, and a number of threads.");
            return 1;
        }

        // It leaves processes to the one who asks.
        var rows = ComparisonRows.All.Where(row => row.Work is not null && row.Threads != RowThreads.All).ToDictionary(row => row.Name);
        using var own = new OwnContender(threads, allThreads: false);
        Say(new { peer = PeerName, version, rows = rows.Keys });
        while (Console.In.ReadLine() is { } line)
        {
            try
            {
                Say(new { seconds = own.Measure(rows[line.Trim()]).Seconds });
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                Say(new { error = failure.Message });
            }
        }

        return 0;
    }

    private static void Say<T>(T message) => Console.WriteLine(JsonSerializer.Serialize(message));
}
