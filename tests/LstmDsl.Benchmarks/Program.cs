using BenchmarkDotNet.Running;
using LstmDsl.Benchmarks;

// `compare` measures this library beside others; everything else is BenchmarkDotNet's, which measures kernels.
if (args is ["compare", .. var options])
    return CompareCommand.Run(options);
BenchmarkSwitcher.FromAssembly(typeof(CompareCommand).Assembly).Run(args);
return 0;
