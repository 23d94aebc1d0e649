using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using LstmDsl.Benchmarks;

// `compare` measures this library beside others, `serve` lets a comparison of another commit measure it, `repeat` only runs one row of it,
// for a profiler; everything else is BenchmarkDotNet's, which measures kernels.
if (args is ["compare", .. var options])
    return CompareCommand.Run(options);
if (args is ["serve", .. var served])
    return ServeCommand.Run(served);
if (args is ["repeat", .. var repeated])
    return RepeatCommand.Run(repeated);

// In this process, whatever job is asked for: kernels are compiled in full at their first call, so a process of its own for each of them,
// with a build before it, would take minutes and show nothing else.
var inProcess = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsMutator();
BenchmarkSwitcher.FromAssembly(typeof(CompareCommand).Assembly).Run(args, DefaultConfig.Instance.AddJob(inProcess));
return 0;
