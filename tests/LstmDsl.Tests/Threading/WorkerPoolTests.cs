namespace LstmDsl.Tests;

public class WorkerPoolTests
{
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(2, 2)]
    [InlineData(3, 7)]
    [InlineData(100, 1)]
    [InlineData(100, 7)]
    public void Every_part_runs_once(int parts, int threads)
    {
        var pool = new WorkerPool();
        var job = new CountingJob(parts);
        for (var run = 1; run <= 50; run++)
        {
            pool.Run(job, parts, threads);
            Assert.All(job.Runs, count => Assert.Equal(run, count));
        }
    }

    [Fact]
    public void A_hundred_thousand_short_jobs_lose_no_part()
    {
        var pool = new WorkerPool();
        var job = new CountingJob(5);
        for (var run = 0; run < 100_000; run++)
        {
            // Now and then the workers fall asleep, so that waking them is part of the test.
            if (run % 10_000 == 0) Thread.Sleep(1);
            pool.Run(job, 5, 3);
        }
        Assert.All(job.Runs, count => Assert.Equal(100_000, count));
    }

    [Fact]
    public void Several_threads_take_part()
    {
        var pool = new WorkerPool();
        using var barrier = new Barrier(3);
        var job = new MeetingJob(barrier);
        pool.Run(job, 3, 3);
        Assert.Equal(3, job.Threads);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_exception_reaches_the_caller_after_all_parts_have_ended(int threads)
    {
        var pool = new WorkerPool();
        var job = new FailingJob(failing: 4);
        for (var run = 1; run <= 100; run++)
        {
            var exception = Assert.Throws<InvalidOperationException>(() => pool.Run(job, 10, threads));
            Assert.Equal("part 4", exception.Message);
            Assert.Contains(nameof(FailingJob), exception.StackTrace, StringComparison.Ordinal);
            Assert.Equal(run * 10, job.Started);
        }
        var after = new CountingJob(10);
        pool.Run(after, 10, threads);
        Assert.All(after.Runs, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Callers_on_several_threads_do_not_disturb_each_other()
    {
        var pool = new WorkerPool();
        var jobs = Enumerable.Range(0, 8).Select(_ => new CountingJob(6)).ToArray();
        var callers = jobs.Select(job => new Thread(() =>
        {
            for (var run = 0; run < 2_000; run++) pool.Run(job, 6, 3);
        })).ToArray();
        foreach (var caller in callers) caller.Start();
        foreach (var caller in callers) caller.Join();
        Assert.All(jobs, job => Assert.All(job.Runs, count => Assert.Equal(2_000, count)));
    }

    [Fact]
    public void A_part_may_run_a_job_of_its_own()
    {
        var pool = new WorkerPool();
        var inner = new CountingJob(4);
        pool.Run(new NestingJob(pool, inner), 5, 3);
        Assert.All(inner.Runs, count => Assert.Equal(5, count));
    }

    [Fact]
    public void Runs_allocate_nothing_once_the_threads_stand()
    {
        var pool = new WorkerPool();
        var job = new CountingJob(6);
        for (var run = 0; run < 1_000; run++) pool.Run(job, 6, 3);
        Thread.Sleep(5);

        // Other tests allocate on their own threads at the same time: a window without any of that must come up soon.
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 200 && least > 0; attempt++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var run = 0; run < 100; run++) pool.Run(job, 6, 3);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }
        Assert.Equal(0, least);
    }

    private sealed class CountingJob(int parts) : IParallelJob
    {
        public int[] Runs { get; } = new int[parts];

        public void Run(int part) => Interlocked.Increment(ref Runs[part]);
    }

    /// <summary>Each part waits for the others, so that it can only end where as many threads work as there are parts.</summary>
    private sealed class MeetingJob(Barrier barrier) : IParallelJob
    {
        private readonly HashSet<int> threads = [];

        public int Threads => threads.Count;

        public void Run(int part)
        {
            lock (threads) threads.Add(Environment.CurrentManagedThreadId);
            Assert.True(barrier.SignalAndWait(TimeSpan.FromSeconds(60)), "the other parts never started");
        }
    }

    private sealed class FailingJob(int failing) : IParallelJob
    {
        private int started;

        public int Started => started;

        public void Run(int part)
        {
            Interlocked.Increment(ref started);
            if (part == failing) throw new InvalidOperationException($"part {part}");
        }
    }

    private sealed class NestingJob(WorkerPool pool, IParallelJob inner) : IParallelJob
    {
        public void Run(int part) => pool.Run(inner, 4, 3);
    }
}
