using System.Reflection;

namespace LstmDsl.Tests;

/// <summary>Devices by name, what is said where one is absent, and a model that goes from one to another.</summary>
public sealed partial class DeviceTests
{
    [Fact]
    public void Enumerates_devices_that_are_found_by_their_names()
    {
        var devices = IlgpuDevice.Enumerate();
        Assert.Equal(devices.Select(device => device.Name).Distinct().Count(), devices.Count);
        Assert.All(devices, device => Assert.Equal(device.Description, IlgpuDevice.Find(device.Name).Description));
        Assert.All(devices, device => Assert.StartsWith(device.Name + ", ", device.ToString(), StringComparison.Ordinal));
    }

    // The same in a build without ILGPU, so that what is compiled against one runs with the other.
    [Fact]
    public void The_public_surface_is_a_device_and_its_precision_and_names_nothing_of_ILGPU()
    {
        Type[] types = [typeof(IlgpuDevice), typeof(MatrixPrecision)];
        Assert.Equal(types, typeof(IlgpuDevice).Assembly.GetExportedTypes().OrderBy(exported => exported.Name));
        var type = typeof(IlgpuDevice);
        var members = type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly);
        string[] expected = ["Best", "Description", "Enumerate", "Find", "Hardware", "In", "MemoryBytes", "Name", "Precision", "Status"];
        Assert.Equal(expected, members.Where(member => member is not MethodInfo { IsSpecialName: true }).Select(member => member.Name).Order());
        var named = members.OfType<MethodInfo>().SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType)
            .Append(method.ReturnType));
        Assert.DoesNotContain(named, used => used.ToString().Contains("ILGPU", StringComparison.Ordinal));
    }

    [Fact]
    public void The_native_cpu_is_found_by_name() => Assert.Same(Device.Cpu, IlgpuDevice.Find("cpu"));

    [Theory]
    [InlineData("cuda:17")]
    [InlineData("vulkan")]
    [InlineData("")]
    public void A_wish_that_cannot_be_met_lists_what_there_is(string name)
    {
        var problem = Assert.Throws<ArgumentException>(() => IlgpuDevice.Find(name));
        Assert.StartsWith($"There is no device \"{name}\": looked for ", problem.Message, StringComparison.Ordinal);
        foreach (var device in IlgpuDevice.Enumerate())
            Assert.Contains(device.Name, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_best_device_is_a_gpu_or_one_line_says_why_not()
    {
        var lines = new List<string>();
        var best = IlgpuDevice.Best(lines.Add);
        if (best is IlgpuDevice gpu)
        {
            Assert.NotEqual("ilgpu-cpu", gpu.Name);
            Assert.Empty(lines);
            return;
        }

        Assert.Same(Device.Cpu, best);
        var line = Assert.Single(lines);
        Assert.StartsWith("looked for ", line, StringComparison.Ordinal);
        Assert.EndsWith($"; running on {Device.Cpu.Description} instead", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnCuda]
    [OnOpenCl]
    public void A_run_repeats_bit_for_bit(string device)
    {
        Assert.Equal(TrainedWeights(), TrainedWeights());

        float[] TrainedWeights()
        {
            var model = new Inner(seed: 5);
            Fit(new Inner.Trainer(model, TestDevices.Get(device)) { Loss = Loss.MeanSquaredError }, epochs: 2);
            return model.Weights();
        }
    }

    [Theory]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void A_checkpoint_of_one_device_goes_on_on_another(string device)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "halfway.safetensors");
        var whole = Trainer(new Inner(seed: 5), Device.Cpu);
        Fit(whole, epochs: 4);

        var first = Trainer(new Inner(seed: 5), TestDevices.Get(device));
        Fit(first, epochs: 2);
        first.Save(path);
        var second = Trainer(new Inner(seed: 9), Device.Cpu);
        second.Load(path);
        Fit(second, epochs: 4, initialEpoch: second.NextEpoch);
        // Two epochs of it ran with sums in another order, and Adam divides by the size of gradients.
        Close.Relative(Doubles(whole.Model.Weights()), second.Model.Weights(), 1e-5, "there and back");

        second.Save(path);
        var third = Trainer(new Inner(seed: 9), TestDevices.Get(device));
        third.Load(path);
        Assert.Equal(second.Iteration, third.Iteration);
        Assert.Equal(second.Model.Weights(), third.Model.Weights());

        Fit(second, epochs: 6, initialEpoch: second.NextEpoch);
        Fit(third, epochs: 6, initialEpoch: third.NextEpoch);
        Close.Relative(Doubles(second.Model.Weights()), third.Model.Weights(), 1e-5, "going on on both");
    }

    [Theory]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void A_run_goes_on_from_the_middle_of_an_epoch_on_the_same_device_and_on_another(string device)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "within.safetensors");
        var expected = Run(TestDevices.Get(device), resumes: false);
        var same = Run(TestDevices.Get(device), resumes: true);
        var there = Run(Device.Cpu, resumes: true);
        Run(Device.Cpu, resumes: false);
        var back = Run(TestDevices.Get(device), resumes: true);
        foreach (var name in new[] { "loss", "mean_absolute_error", "r2_score" })
        {
            Assert.Equal(expected[name], same[name]);
            // Sums in another order, of some twenty numbers.
            Close.Relative([.. expected[name]], [.. there[name]], 1e-5, $"{name}, there");
            Close.Relative([.. expected[name]], [.. back[name]], 1e-5, $"{name}, back");
        }

        History Run(Device on, bool resumes)
        {
            var trainer = Trainer(new Inner(seed: 5), on);
            trainer.Metrics.Add(Metric.MeanAbsoluteError);
            trainer.Metrics.Add(Metric.R2Score);
            var batches = 0;
            trainer.Callbacks.Add(new LambdaCallback(onBatchEnd: context =>
            {
                // The second of the four batches of the second epoch.
                if (++batches == 6 && !resumes)
                    context.Save(path, weightsOnly: false);
            }));
            if (resumes)
                trainer.Resume(path);
            return Fit(trainer, epochs: 3);
        }
    }

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnIlgpuCpuInGroups]
    [OnCuda]
    [OnOpenCl]
    public void Predicts_on_several_threads_at_once_with_the_weights_as_they_are(string device)
    {
        var model = new Inner(seed: 5);
        var predictor = new Predictor<Inner>(model, TestDevices.Get(device));
        var windows = Enumerable.Range(0, 30 * 10).Select(index => (float)Math.Cos(index)).ToArray();
        for (var weights = 0; weights < 2; weights++)
        {
            var expected = new float[30];
            model.Predict(windows, expected);
            Parallel.For(0, 4, _ =>
            {
                var found = new float[30];
                predictor.Predict(windows, found);
                Close.Relative(Doubles(expected), found, 2e-6, "prediction");
            });
            model.Dense.Bias.Set(0, 0, 3);
        }
    }

    [Theory]
    [OnNativeCpu]
    [OnIlgpuCpu]
    [OnCuda]
    [OnOpenCl]
    public void A_number_without_a_vector_is_refused(string device)
    {
        var model = new EmbeddingLstm(seed: 1);
        var windows = new float[2, 7, 1];
        windows[1, 3, 0] = 11;
        var predictor = new Predictor<EmbeddingLstm>(model, TestDevices.Get(device));
        Refuses<ArgumentOutOfRangeException>(() => predictor.Predict(windows.Cast<float>().ToArray(), new float[4]), "Found 11");
        var trainer = new EmbeddingLstm.Trainer(model, TestDevices.Get(device)) { Loss = Loss.MeanSquaredError };
        Refuses<ArgumentException>(() => trainer.Fit(windows, new float[2, 2], verbose: 0), "x, sample 1, timestep 3: 11");

        static void Refuses<TException>(Action action, string found) where TException : Exception => Assert.Contains(
            found + "; an embedding of 11 vectors takes whole numbers from 0 to 10",
            Assert.Throws<TException>(action).Message,
            StringComparison.Ordinal);
    }

    private static Inner.Trainer Trainer(Inner model, Device device) =>
        new(model, device) { Optimizer = new Adam(), Loss = Loss.MeanSquaredError };

    private static History Fit(Trainer<Inner> trainer, int epochs, int initialEpoch = 0)
    {
        var x = new float[20, 5, 2];
        var y = new float[20];
        for (var sample = 0; sample < 20; sample++)
        {
            y[sample] = MathF.Sin(sample);
            for (var t = 0; t < 5; t++)
                (x[sample, t, 0], x[sample, t, 1]) = (MathF.Sin(sample + t), MathF.Cos(sample - t));
        }

        return trainer.Fit(x, y, batchSize: 6, epochs: epochs, initialEpoch: initialEpoch, verbose: 0);
    }

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);

    /// <summary>A model that nobody outside sees: ILGPU has to compile for it all the same.</summary>
    [Input(5, 2), Lstm(7), Dense(1)]
    private sealed partial class Inner
    {
        public float[] Weights() => state.Parameters.Span.ToArray();
    }
}
