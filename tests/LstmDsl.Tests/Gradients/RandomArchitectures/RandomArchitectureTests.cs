using System.Reflection;
using Xunit.Abstractions;

namespace LstmDsl.Tests;

/// <summary>
/// Stacks and graphs of random layers, written as source, compiled through the generator and loaded. What fails is made simpler for as long as it
/// still fails.
/// </summary>
public sealed class RandomArchitectureTests(ITestOutputHelper output)
{
    /// <summary>Another seed draws other architectures.</summary>
    private const int FirstSeed = 1;

    /// <summary>How many are drawn; more by hand: <c>LSTMDSL_ARCHITECTURES=1000 dotnet test --filter RandomArchitectureTests</c>.</summary>
    private static readonly int Stacks = LongLane.Cases("LSTMDSL_ARCHITECTURES", usually: 40, inLongLane: 320);

    private static readonly int Graphs = LongLane.Cases("LSTMDSL_ARCHITECTURES", usually: 300, inLongLane: 320);

    /// <summary>How many of each run on the vector kernels too, which are compiled anew for the shapes of each.</summary>
    private static readonly int OnVectors = LongLane.Cases("LSTMDSL_ARCHITECTURES", usually: 40, inLongLane: 320);

    /// <summary>How many of those that fail are made simpler; by hand none, <c>LSTMDSL_SIMPLER=0</c>, shows which fail at once.</summary>
    private static readonly int Explained = LongLane.Cases("LSTMDSL_SIMPLER", usually: 3, inLongLane: 3);

    [Fact]
    public void Gradients_agree_with_central_differences_and_the_vector_kernels_with_the_reference() =>
        Check(Stacks, seed => new ArchitectureDrawer(seed).Draw());

    [Fact]
    public void Gradients_of_branches_agree_with_central_differences_and_the_vector_kernels_with_the_reference() =>
        Check(Graphs, seed => new GraphDrawer(seed).Draw());

    private void Check(int count, Func<int, DrawnArchitecture> draw)
    {
        output.WriteLine(FormattableString.Invariant($"architectures with the seeds {FirstSeed} to {FirstSeed + count - 1}"));
        var architectures = Enumerable.Range(FirstSeed, count).Select(draw).ToArray();
        var failed = architectures.Zip(ArchitectureCompiler.Compile(architectures))
            .Select(pair => (Architecture: pair.First, Problem: Failure(pair.First, pair.Second)))
            .Where(pair => pair.Problem is not null)
            .ToList();

        // Making simpler takes its time; what fails is told before.
        foreach (var (architecture, problem) in failed)
            output.WriteLine($"{problem!.Message}\n  {architecture}");
        Assert.True(
            failed.Count == 0,
            $"{failed.Count} of {count} fail, seeds {string.Join(", ", failed.Select(one => one.Architecture.Seed))}; the first, made simpler:\n"
            + string.Join("\n\n", failed.Take(Explained).Select(one => Explain(one.Architecture))));
    }

    /// <summary>What is wrong with an architecture; null for nothing.</summary>
    private static Exception? Failure(DrawnArchitecture architecture, Type model)
    {
        try
        {
            Run(typeof(ArchitectureGradient<>), model, architecture);
            if (architecture.Seed < FirstSeed + OnVectors)
                Run(typeof(ArchitectureAgreement<>), model, architecture);
            return null;
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            return problem;
        }
    }

    /// <summary>Runs a check for a model that only this run knows; what it throws is thrown on.</summary>
    private static void Run(Type check, Type model, DrawnArchitecture architecture) => check.MakeGenericType(model)
        .GetMethod("Check", BindingFlags.Public | BindingFlags.Static)!
        .Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [architecture], culture: null);

    /// <summary>What fails, as simple as it can be, and why.</summary>
    private static string Explain(DrawnArchitecture architecture)
    {
        var (smallest, problem) = (architecture, Failure(architecture, ArchitectureCompiler.Compile([architecture])[0])!);
        while (Simpler(smallest) is { } found)
            (smallest, problem) = found;
        return $"{smallest}\n{problem}\ndrawn as {architecture}";
    }

    /// <summary>A simpler architecture that is valid and fails too.</summary>
    private static (DrawnArchitecture Architecture, Exception Problem)? Simpler(DrawnArchitecture architecture)
    {
        foreach (var candidate in architecture.Simpler())
        {
            // A declaration that is wrong says so when its model is made.
            var problem = Failure(candidate, ArchitectureCompiler.Compile([candidate])[0]);
            if (problem is not null && !problem.Message.StartsWith("LSTM0", StringComparison.Ordinal))
                return (candidate, problem);
        }

        return null;
    }
}
