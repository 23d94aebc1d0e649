using System.Globalization;

namespace LstmDsl.GpuCheck;

/// <summary><c>phase NAME DEVICE SKIP SECONDS</c>: one phase, in this process, without the cases that an earlier process has seen.</summary>
internal static class PhaseCommand
{
    /// <summary>How a process ends that a device has failed: the driver may refuse all that it asks for from now on.</summary>
    public const int DeviceFailed = 3;

    /// <summary>Runs the phase.</summary>
    public static int Run(string[] arguments)
    {
        var (phase, device) = (Phase.Find(arguments[0]), arguments[1]);
        var skip = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        var allowed = TimeSpan.FromSeconds(double.Parse(arguments[3], CultureInfo.InvariantCulture));
        // What is printed on the way is no message.
        using var messages = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        Console.SetOut(Console.Error);
        void Say(PhaseMessage message) => messages.WriteLine(message.ToLine());
        if (phase.TestClasses is not null)
            return DeviceCases.Run(DeviceCases.Of(phase, device), skip, Say);
        if (phase.Name == "speed")
            SpeedRows.Run(device, skip, allowed, Say);
        else
            DeviceFacts.Run(device, Say);
        return 0;
    }
}
