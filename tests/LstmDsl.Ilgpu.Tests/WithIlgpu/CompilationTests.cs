using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

[Input(100, 64), Lstm(512), Dense(3, Activation = Activation.Sigmoid)]
internal sealed partial class LargeLstm;

[Input(30, 7), Lstm(37, RecurrentActivation = Activation.HardSigmoid, GoBackwards = true, ReturnSequences = true), SimpleRnn(300), Dense(5)]
internal sealed partial class MixedStack;

[Input(12, 3)]
[Bidirectional, Gru(9, ReturnSequences = true, ResetAfter = false)]
[Bidirectional(Merge.Mul), Gru(140, ReturnSequences = true)]
[Bidirectional(Merge.Ave), Lstm(8, Activation = Activation.Gelu, ReturnSequences = true)]
[Gru(20, Activation = Activation.Softsign), Dense(6, Activation = Activation.Mish), Dense(4, Activation = Activation.Softmax)]
internal sealed partial class GatedStack;

[Input(30, 5), Normalization(Mean = [1, 2, 3, 4, 5], Variance = [5, 4, 3, 2, 1], Invert = true)]
[Masking, Dropout(0.2), BatchNormalization, Lstm(37, Dropout = 0.1, RecurrentDropout = 0.2, ReturnSequences = true), LayerNormalization]
[Normalization, Normalization(Invert = true, PerFeature = false), Normalization(Mean = [0.5], Variance = [2]), Rescaling(2, 1)]
[Gru(20, ResetAfter = false, RecurrentDropout = 0.3, ReturnSequences = true), GlobalAveragePooling1D, RepeatVector(4), Flatten]
[Dense(2), Kernel(Constraint = Constraint.MaxNorm), Bias(Constraint = Constraint.NonNeg)]
internal sealed partial class PaddedStack30;

#pragma warning disable LSTM023 // that the mask ends at the convolution is what is compiled here
[Input(40, 1), Embedding(500, 16, MaskZero = true), Gru(24, RecurrentDropout = 0.1, ReturnSequences = true)]
[Conv1D(12, 3, Strides = 2, Padding = Padding.Same), MaxPooling1D(2), AveragePooling1D(3, Strides = 1, Padding = Padding.Same)]
[SimpleRnn(9, RecurrentDropout = 0.1, ReturnSequences = true), GlobalMaxPooling1D, Dense(2)]
internal sealed partial class EmbeddedStack;
#pragma warning restore LSTM023

[Input(2, 1), Lstm(1537, RecurrentDropout = 0.1), Dense(1)]
internal sealed partial class WideDroppedLstm;

/// <summary>A loss of a user's own.</summary>
internal readonly struct QuarticError : ILossFunction
{
    public T Value<T>(T target, T prediction) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        var error = prediction - target;
        return error * error * error * error;
    }

    public T Derivative<T>(T target, T prediction) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        var error = prediction - target;
        return (error + error + error + error) * error * error;
    }
}

/// <summary>
/// Every kernel of small and large models compiles to PTX for SM 6.0 and to OpenCL C, without a device. Both are made of one intermediate
/// form, so an ordinary run makes OpenCL C of a small model's kernels alone.
/// </summary>
public sealed partial class CompilationTests
{
    /// <summary>Kernels that are known to compile to what is asked for: those of optimizers and the like are in every model.</summary>
    private static readonly HashSet<(Type Kernel, bool OpenCl)> Compiled = [];

    /// <summary>What a group has there, in bytes.</summary>
    private const int SharedMemoryOfSm60 = 48 * 1024;

    [Fact]
    public void Kernels_of_a_small_model() => Check(ModelKernels.Of<Lstm20Dense1>(samples: 32), openCl: true);

    [LongFact]
    public void Kernels_of_a_large_model() => Check(ModelKernels.Of<LargeLstm>(samples: 256));

    [Fact]
    public void Kernels_of_a_stack() => Check(ModelKernels.Of<MixedStack>(samples: 64));

    [LongFact]
    public void Kernels_of_gated_and_bidirectional_layers() => Check(ModelKernels.Of<GatedStack>(samples: 64));

    [Fact]
    public void Kernels_of_padded_dropped_and_normalised_layers() => Check(ModelKernels.Of<PaddedStack30>(samples: 64));

    [Fact]
    public void Kernels_of_an_embedding_convolution_and_pooling() => Check(ModelKernels.Of<EmbeddedStack>(samples: 64));

    public static TheoryData<string> Networks => [.. NetworkCases.All.Keys];

    /// <summary>Those of the models that run elsewhere on ILGPU's CPU accelerator, which does not compile them.</summary>
    [LongTheory]
    [MemberData(nameof(Networks))]
    public void Kernels_of_every_network(string network) => NetworkCases.All[network](new Compiles(), network);

    [Fact]
    public void A_state_whose_gradients_exceed_shared_memory_is_refused_where_it_is_dropped()
    {
        var plan = LaunchPlan.ForGpu(groupThreads: 1024);
        var problem = Assert.Throws<NotSupportedException>(() => SessionMemory<WideDroppedLstm>.Scratch(plan, samples: 1));
        Assert.Contains("at most 1536 units", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_of_losses() => Check(ModelKernels.Of(
    [
        Loss.MeanSquaredError, Loss.MeanAbsoluteError, Loss.MeanAbsolutePercentageError, Loss.MeanSquaredLogarithmicError, Loss.LogCosh,
        Loss.Poisson, Loss.KLDivergence, Loss.Hinge, Loss.SquaredHinge, Loss.CategoricalHinge, Loss.CosineSimilarity, Loss.Dice,
        Loss.Tversky(), Loss.Huber(), Loss.Quantile(0.9), Loss.BinaryCrossentropy(),
        Loss.BinaryCrossentropy(fromLogits: true), Loss.BinaryFocalCrossentropy(), Loss.BinaryFocalCrossentropy(fromLogits: true),
        Loss.CategoricalCrossentropy(), Loss.CategoricalCrossentropy(fromLogits: true), Loss.SparseCategoricalCrossentropy(),
        Loss.SparseCategoricalCrossentropy(fromLogits: true), Loss.Of<QuarticError>(),
    ]), openCl: true);

    // Its levels are indexed, so they lie in the thread's own memory.
    [Fact]
    public void Kernel_of_several_quantiles() => Check(ModelKernels.Of([Loss.Quantiles(0.1, 0.5, 0.9)]), openCl: true, inRegisters: false);

    [Fact]
    public void Shapes_are_literals()
    {
        // 17 units: the steps from gate to gate, and the recurrent kernel in shared memory, 17 · 17 · 4 floats.
        var kernels = ModelKernels.Of<LstmUnits17Features5>(samples: 4);
        var kernel = kernels.Single(type => type.Name.StartsWith("HeldForward", StringComparison.Ordinal));
        var ptx = DeviceCode.Ptx(kernel);
        Assert.Contains(", 17;", ptx, StringComparison.Ordinal);
        Assert.Contains("(int)17", DeviceCode.OpenCl(kernel), StringComparison.Ordinal);
        Assert.Contains("[4624];", ptx, StringComparison.Ordinal);
    }

    [Fact]
    public void Sums_and_products_round_once_and_barriers_order_shared_memory()
    {
        var kernel = typeof(ProductKernel<Tile64By64, NoEpilogue>);
        var ptx = DeviceCode.Ptx(kernel);
        Assert.True(ptx.Split("fma.rn.f32").Length > 16);
        Assert.Contains("bar.sync", ptx, StringComparison.Ordinal);
        var openCl = DeviceCode.OpenCl(kernel);
        Assert.True(openCl.Split("fma (").Length > 16);
        Assert.Contains("CLK_LOCAL_MEM_FENCE", openCl, StringComparison.Ordinal);
        Assert.DoesNotContain("work_group_barrier", openCl, StringComparison.Ordinal);
    }

    // The tests above hand every kernel to the compilers that are there; this one says which are not, and that they are heard.
    [Theory]
    [WithPtxAssembler]
    [WithClang]
    public void Compilers_that_are_there_take_a_kernel_and_refuse_half_of_it(string tool)
    {
        var kernel = typeof(ProductKernel<Tile128By64, NoEpilogue>);
        var readsPtx = tool == OutsideCompiler.PtxAssembler.Tool;
        var compiler = readsPtx ? OutsideCompiler.PtxAssembler : OutsideCompiler.OpenCl;
        var source = readsPtx ? DeviceCode.Ptx(kernel) : DeviceCode.OpenCl(kernel);
        compiler.Check(source);
        Assert.False(compiler.Run(source[..(source.Length / 2)]).Accepts);
    }

    [Fact]
    public void Products_move_four_floats_at_once()
    {
        foreach (var kernel in new[] { typeof(ProductKernel<Tile128By64, NoEpilogue>), typeof(GradientKernel<Tile64By64>) })
        {
            var ptx = DeviceCode.Ptx(kernel);
            Assert.Contains("ld.shared.v4.f32", ptx, StringComparison.Ordinal);
            Assert.Contains("st.shared.v4.f32", ptx, StringComparison.Ordinal);
            Assert.Contains("ld.global.v4.f32", ptx, StringComparison.Ordinal);
            Assert.Contains("st.global.v4.f32", ptx, StringComparison.Ordinal);
            // Four reads of shared memory for 64 multiplications, or two for 16, and one of the sums to write.
            Assert.InRange(ptx.Split("ld.shared.v4.f32").Length - 1, 1, ((ptx.Split("fma.rn.f32").Length - 1) / 8) + 1);
            Assert.DoesNotContain("ld.shared.f32", ptx, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Groups_that_meet_fence_what_they_leave()
    {
        var kernel = typeof(GradientKernel<Tile64By64>);
        var ptx = DeviceCode.Ptx(kernel);
        Assert.Contains("membar.gl", ptx, StringComparison.Ordinal);
        Assert.Contains("atom.add.global.u32", ptx, StringComparison.Ordinal);
        var openCl = DeviceCode.OpenCl(kernel);
        Assert.Contains("atomic_work_item_fence(CLK_GLOBAL_MEM_FENCE, memory_order_acq_rel", openCl, StringComparison.Ordinal);
        Assert.DoesNotContain("work_group_barrier", openCl, StringComparison.Ordinal);
    }

    private static void Check(IReadOnlyCollection<Type> kernels) => Check(kernels, openCl: LongLane.IsThis);

    private static void Check(IReadOnlyCollection<Type> kernels, bool openCl, bool inRegisters = true)
    {
        foreach (var kernel in kernels)
        {
            if (Compiled.Contains((kernel, openCl)) || Compiled.Contains((kernel, true)))
                continue;
            var ptx = DeviceCode.Ptx(kernel);
            Assert.Contains(".target sm_60", ptx, StringComparison.Ordinal);
            // Everything lives in registers: at 255 a thread, the most there is, the largest group, of 256 threads, still fits.
            if (inRegisters)
                Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);
            var shared = SharedBytes().Matches(ptx).Sum(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
            Assert.InRange(shared, 0, SharedMemoryOfSm60);
            // No approximations of exponentials: they are the library's own.
            Assert.DoesNotContain("ex2.approx", ptx, StringComparison.Ordinal);
            OutsideCompiler.PtxAssembler.Check(ptx);
            if (openCl)
            {
                var source = DeviceCode.OpenCl(kernel);
                Assert.Contains("kernel void", source, StringComparison.Ordinal);
                OutsideCompiler.OpenCl.Check(source);
            }

            Compiled.Add((kernel, openCl));
        }
    }

    [GeneratedRegex(@"\.shared[^\[\n]*\[(\d+)\]")]
    private static partial Regex SharedBytes();

    private sealed class Compiles : INetworkCheck
    {
        public void Run<TModel>(string name) where TModel : class, IRecurrentModel<TModel> => Check(ModelKernels.Of<TModel>(samples: 32));
    }
}
