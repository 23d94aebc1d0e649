namespace LstmDsl;
internal sealed class WorkerPool { public static WorkerPool Shared { get; } = new();
#pragma warning disable CA1822
 public void Run(IParallelJob job, int parts, int threads) { _ = threads; for (var i = 0; i < parts; i++) job.Run(i); } }
