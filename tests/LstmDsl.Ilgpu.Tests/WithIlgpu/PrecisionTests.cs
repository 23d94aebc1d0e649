using System.Globalization;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

[Input(2, 5), Lstm(9), Dense(3)]
internal sealed partial class RoundedLstm;

[Input(3, 6), SimpleRnn(132), Dense(2)]
internal sealed partial class SteppingSimpleRnn;

/// <summary>TF32 and bfloat16: how numbers are rounded, what a device in such a precision is called, what becomes of a model.</summary>
public sealed class PrecisionTests
{
    // The layer steps, in tiles of 32 × 32, with the depths of its gates backwards cut in two.
    private static readonly LaunchPlan WithTensorCores = new(
        MaximumGroups: 1,
        ElementGroup: 4,
        MaximumSequenceGroup: 32,
        LargeTile: 32,
        SmallTile: 32,
        LargestSequence: 6,
        ManyGroups: 8,
        SmallestSlice: 16)
    {
        HasTensorCores = true,
    };

    /// <summary>Bits, and the same rounded: halves, what is next to them, the largest numbers, subnormals, and what is no number.</summary>
    [Theory]
    [InlineData("3F800000", "3F800000", "3F800000")] // 1
    [InlineData("3F800FFF", "3F800000", "3F800000")]
    [InlineData("3F801000", "3F802000", "3F800000")] // half of TF32's step above 1
    [InlineData("BF801000", "BF802000", "BF800000")]
    [InlineData("3F803000", "3F804000", "3F800000")]
    [InlineData("3F808000", "3F808000", "3F800000")] // half of bfloat16's, to even
    [InlineData("3F818000", "3F818000", "3F820000")]
    [InlineData("3F808001", "3F808000", "3F810000")]
    [InlineData("7F7FFFFF", "7F800000", "7F800000")] // the largest
    [InlineData("7F7F7FFF", "7F7F8000", "7F7F0000")]
    [InlineData("FF800000", "FF800000", "FF800000")] // −∞
    [InlineData("7F800001", "7F800001", "7F800001")] // no numbers
    [InlineData("FFFFFFFF", "FFFFFFFF", "FFFFFFFF")]
    [InlineData("80000000", "80000000", "80000000")] // −0
    [InlineData("00000FFF", "00000000", "00000000")] // subnormal
    [InlineData("00009000", "0000A000", "00010000")]
    public void Numbers_are_rounded_to_the_bits_of_a_precision(string bits, string asTensorFloat32, string asBFloat16)
    {
        var value = BitConverter.UInt32BitsToSingle(uint.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        Assert.Equal(asTensorFloat32, $"{BitConverter.SingleToUInt32Bits(Rounding.ToTensorFloat32(value)):X8}");
        Assert.Equal(asBFloat16, $"{BitConverter.SingleToUInt32Bits(Rounding.ToBFloat16(value)):X8}");
    }

    // Two roundings a product, and several products one after the other; half of it was seen.
    [Theory]
    [InlineData(MatrixPrecision.TensorFloat32, true, 2e-3)]
    [InlineData(MatrixPrecision.TensorFloat32, false, 2e-3)]
    [InlineData(MatrixPrecision.BFloat16, false, 1.4e-2)]
    public void A_step_of_training_is_as_close_as_its_precision(MatrixPrecision precision, bool hasTensorCores, double tolerance)
    {
        var plan = hasTensorCores ? WithTensorCores : LaunchPlan.ForCpuAccelerator;
        var device = new IlgpuDevice(DeviceConnection.ToCpuAccelerator(plan)).In(precision);
        IsAsClose<RoundedLstm>(device, tolerance);
    }

    [Fact]
    public void A_device_is_called_by_its_precision_and_keeps_the_bits_of_32_bit_floats_beside_it()
    {
        var device = (IlgpuDevice)IlgpuDevice.Find("ilgpu-cpu");
        Assert.Equal(MatrixPrecision.Float32, device.Precision);
        var rounded = device.In(MatrixPrecision.TensorFloat32);
        Assert.Equal(("ilgpu-cpu/tf32", MatrixPrecision.TensorFloat32), (rounded.Name, rounded.Precision));
        Assert.StartsWith("ilgpu-cpu/tf32, ILGPU's CPU accelerator", rounded.Description, StringComparison.Ordinal);
        Assert.Equal("ilgpu-cpu/bf16", rounded.In(MatrixPrecision.BFloat16).Name);
        Assert.Equal("ilgpu-cpu", rounded.In(MatrixPrecision.Float32).Name);
        Assert.Equal(MatrixPrecision.BFloat16, ((IlgpuDevice)IlgpuDevice.Find("ilgpu-cpu/bf16")).Precision);
        Assert.Throws<ArgumentOutOfRangeException>(() => device.In((MatrixPrecision)3));
        foreach (var name in new[] { "cpu/tf32", "ilgpu-cpu/fp16", "best/tf32" })
        {
            var problem = Assert.Throws<ArgumentException>(() => IlgpuDevice.Find(name));
            Assert.StartsWith($"There is no device \"{name}\": ", problem.Message, StringComparison.Ordinal);
        }

        var model = RoundedLstm.Create(seed: 7);
        var before = Predict(device);
        Assert.NotEqual(before, Predict(rounded));
        Assert.Equal(before, Predict(device));
        Assert.Equal(before, Predict(rounded.In(MatrixPrecision.Float32)));

        float[] Predict(Device on)
        {
            var prediction = new float[3];
            new Predictor<RoundedLstm>(model, on).Predict(Waves(10, 0.37), prediction);
            return prediction;
        }
    }

    // Of TF32 numbers are rounded as a slice is laid down, four quads a thread, before the loop and in it on two ways.
    [Fact]
    public void Tensor_cores_take_the_place_of_multiply_adds() =>
        TakeThePlaceOfMultiplyAdds<TensorFloat32Precision>("tf32", "cvt.rna.tf32.f32", 16);

    // Of bfloat16 in pairs, for each product.
    [LongFact]
    public void Tensor_cores_take_the_place_of_multiply_adds_in_bfloat16() =>
        TakeThePlaceOfMultiplyAdds<BFloat16Precision>("bf16", "cvt.rn.bf16x2.f32", 24);

    [LongFact]
    public void Steps_take_tensor_cores_where_there_are_any_and_products_round_elsewhere()
    {
        var plan = LaunchPlan.ForGpu(groupThreads: 1024) with { Precision = MatrixPrecision.TensorFloat32 };
        var ptx = DeviceCode.PtxOfTensorCores(Single("StepKernel", plan with { HasTensorCores = true }));
        Assert.Contains("mma.sync.aligned", ptx, StringComparison.Ordinal);
        Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);
        OutsideCompiler.PtxAssembler.Check(ptx);

        // The oldest architecture does not know these instructions.
        var rounded = Single("ProductKernel", plan);
        Assert.DoesNotContain("tf32", DeviceCode.Ptx(rounded), StringComparison.Ordinal);
        OutsideCompiler.OpenCl.Check(DeviceCode.OpenCl(rounded));

        static Type Single(string name, LaunchPlan plan) => ModelKernels.Of<SteppingSimpleRnn>(samples: 64, plan)
            .First(kernel => kernel.Name.StartsWith(name, StringComparison.Ordinal));
    }

    private static void TakeThePlaceOfMultiplyAdds<TPrecision>(string type, string rounding, int roundings)
        where TPrecision : struct, IMatrixPrecision
    {
        var ptx = DeviceCode.PtxOfTensorCores(typeof(ProductKernel<TensorTile<Tile32By32, TPrecision>, NoEpilogue>));
        // 32 × 32 sums in fragments of 16 × 8, for two warps, and two depths of eight.
        Assert.Equal(8, ptx.Split($"mma.sync.aligned.m16n8k8.row.col.f32.{type}.{type}.f32").Length - 1);
        Assert.InRange(ptx.Split(rounding).Length - 1, roundings, 4 * roundings);
        Assert.DoesNotContain("fma.rn.f32", ptx, StringComparison.Ordinal);
        Assert.DoesNotContain(".local", ptx, StringComparison.Ordinal);
        OutsideCompiler.PtxAssembler.Check(ptx);
    }

    private static void IsAsClose<TModel>(Device device, double tolerance) where TModel : class, IRecurrentModel<TModel>
    {
        var model = TModel.Create(seed: 7);
        var (inputs, outputs) = (TModel.Shape.InputLength, TModel.Shape.OutputLength);
        var batch = new DeviceBatch { X = Waves(3 * inputs, 0.37), Y = Waves(3 * outputs, 0.61), Samples = 3 };
        var expected = DeviceStep<TModel>.Run(Device.ReferenceDouble, model, batch);
        var found = DeviceStep<TModel>.Run(device, model, batch);
        Check(Doubles(expected.Prediction), Doubles(found.Prediction), "prediction");
        foreach (var tensor in TModel.Plan.Tensors)
            Check(expected.Gradient(tensor), found.Gradient(tensor), tensor.Name);

        void Check(double[] exact, double[] rounded, string what)
        {
            Close.Relative(exact, rounded, tolerance, what);
            // No less than 32-bit floats would have: something was rounded.
            Assert.True(Close.RelativeError(exact, rounded) > 1e-5, $"{what} is not rounded");
        }
    }

    private static float[] Waves(int count, double step) => [.. Enumerable.Range(0, count).Select(index => (float)Math.Sin(step * index))];

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);
}
