using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using LstmDsl.Tests;

namespace LstmDsl.GpuCheck;

/// <summary>One run of a test on a device.</summary>
/// <param name="Test">The test.</param>
/// <param name="Arguments">The device's name, and what else it takes.</param>
internal sealed record DeviceCase(MethodInfo Test, object[] Arguments)
{
    /// <summary>The test, and which of its cases.</summary>
    public string Name => string.Join(", ", [$"{Test.DeclaringType!.Name}.{Test.Name}", .. Arguments.Skip(1)]);
}

/// <summary>The device tests of the suite, run without a test host.</summary>
internal static class DeviceCases
{
    /// <summary>What a phase runs on a device: every test that the suite would run on one of its kind.</summary>
    public static IReadOnlyList<DeviceCase> Of(Phase phase, string device)
    {
        var kind = Kind(device);
        return
        [
            .. from type in typeof(OnDeviceAttribute).Assembly.GetTypes()
               where type.IsPublic && phase.Runs(type)
               from test in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
               from attribute in test.GetCustomAttributes<OnDeviceAttribute>()
               where !attribute.IsLong && Kind(attribute.DeviceName) == kind
               from arguments in attribute.Arguments(test, device)
               select new DeviceCase(test, arguments),
        ];
    }

    /// <summary>Runs cases, and says what became of each.</summary>
    /// <returns>0, or <see cref="PhaseCommand.DeviceFailed"/> where the rest needs another process.</returns>
    public static int Run(IReadOnlyList<DeviceCase> cases, int skip, Action<PhaseMessage> say)
    {
        foreach (var one in cases.Skip(skip))
        {
            say(new(MessageKind.Begin) { Name = one.Name });
            var begun = Stopwatch.GetTimestamp();
            var problem = Try(one);
            var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            say(new(MessageKind.Case) { Name = one.Name, Seconds = seconds, Text = problem is null ? null : Describe(problem) });
            if (problem is not null && IsOfDriver(problem))
                return PhaseCommand.DeviceFailed;
        }

        return 0;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A test fails with whatever it fails with.")]
    private static Exception? Try(DeviceCase one)
    {
        try
        {
            var instance = Activator.CreateInstance(one.Test.DeclaringType!);
            using var disposable = instance as IDisposable;
            one.Test.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, one.Arguments, culture: null);
            return null;
        }
        catch (Exception problem)
        {
            return problem;
        }
    }

    // Of an assertion what it found; of anything else where it came from, too.
    private static string Describe(Exception problem) =>
        problem is Xunit.Sdk.IAssertionException ? problem.Message : $"{problem.GetType().Name}: {problem.Message}\n{problem.StackTrace}";

    private static bool IsOfDriver(Exception problem) =>
        problem.GetType().Namespace?.StartsWith("ILGPU", StringComparison.Ordinal) == true
        || (problem.InnerException is { } inner && IsOfDriver(inner));

    private static string Kind(string device) => device.Split(':')[0];
}
