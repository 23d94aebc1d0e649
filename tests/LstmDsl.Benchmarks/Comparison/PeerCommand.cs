using System.Diagnostics;
using System.Globalization;

namespace LstmDsl.Benchmarks;

/// <summary>How a peer is started.</summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments, before the number of threads.</param>
/// <param name="Environment">What it finds in its environment beside what this process has.</param>
internal sealed record PeerCommand(string Program, string[] Arguments, params (string Name, string Value)[] Environment)
{
    /// <summary>The command with a number of threads: as last argument, and where numerical libraries look for it.</summary>
    public ProcessStartInfo ToStartInfo(int threads)
    {
        var number = threads.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(Program, [.. Arguments, number])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"])
            start.Environment[variable] = number;
        // A peer that waits for its next round must not spin on the cores that somebody else is measured on; shared machines, where a
        // spinning thread keeps away the one it waits for, gain a factor.
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        // glibc gives large blocks back to the system as soon as they are free, and asks for them again at the next step. Where page faults are
        // dear, in a virtual machine, LibTorch's LSTM then takes up to ten times as long as its work does. Elsewhere nobody reads this.
        start.Environment["GLIBC_TUNABLES"] = "glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=9223372036854775807";
        // OpenBLAS chooses the fastest kernels by itself; set, this can only slow it down.
        start.Environment.Remove("OPENBLAS_CORETYPE");
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return start;
    }
}
