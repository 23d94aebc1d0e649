using System.Runtime.InteropServices;
using LstmDsl.CompilerServices;

namespace LstmDsl.Tests;

public class DenseKernelTests
{
    /// <summary>See <see cref="RecurrentKernelTests"/>: sums of up to 40 terms of magnitude 1.</summary>
    private const double Tolerance = 1e-5;

    public static TheoryData<int> Widths => [.. CpuBackends.Widths];

    [Theory]
    [MemberData(nameof(Widths))]
    public unsafe void Forward_backward_and_gradients_agree_with_the_formulas_in_double(int bits)
    {
        for (ulong seed = 1; seed <= 80; seed++)
        {
            var numbers = new TestNumbers(seed);
            var shape = new DrawnShape(numbers.Between(1, 40), numbers.Between(0, 2) == 0 ? 1 : numbers.Between(1, 40))
            {
                Activation = (Activation)numbers.Between(0, 4),
                UseBias = numbers.Between(0, 3) > 0,
            };
            var (inputs, units, rows) = (shape.Inputs, shape.Units, numbers.Between(1, 20));
            using var parameters = new GuardedBlock(alignment: 16);
            using var gradients = new GuardedBlock(alignment: 16);
            using var activations = new GuardedBlock(alignment: 1);
            var kernel = parameters.Take(inputs * units, ref numbers, 1 / MathF.Sqrt(inputs));
            var bias = parameters.Take(units, ref numbers, 0.5f);
            gradients.Take(inputs * units);
            gradients.Take(units);
            var offsets = new DenseOffsets
            {
                Kernel = kernel,
                Bias = shape.UseBias ? bias : -1,
                Input = activations.Take(rows * inputs, ref numbers, 1),
                Output = activations.Take(rows * units),
                OutputGradient = activations.Take(rows * units, ref numbers, 1),
                InputGradient = activations.Take(rows * inputs),
            };
            var backend = CpuBackends.Cpu(bits, new HostBlocks<float>
            {
                Parameters = parameters.Pointer,
                Packed = CpuBackends.Pack(
                    bits, new([new("kernel", TensorRole.Kernel, kernel, inputs, units, default)], transposes: true), parameters.Pointer),
                Gradients = gradients.Pointer,
                Activations = activations.Pointer,
                Shares = 1,
            });

            var (y, dz, dx) = (new double[rows * units], new double[rows * units], new double[rows * inputs]);
            var (dw, db) = (new double[inputs * units], new double[units]);
            var w = parameters[kernel, inputs * units];
            var b = parameters[bias, units];
            var x = activations[offsets.Input, rows * inputs];
            var dy = activations[offsets.OutputGradient, rows * units];
            for (var row = 0; row < rows; row++)
            {
                for (var j = 0; j < units; j++)
                {
                    double z = shape.UseBias ? b[j] : 0;
                    for (var k = 0; k < inputs; k++) z += (double)x[(row * inputs) + k] * w[(k * units) + j];
                    y[(row * units) + j] = RecurrentReference.Apply(shape.Activation, z);
                    var slope = RecurrentReference.Slope(shape.Activation, y[(row * units) + j]);
                    var gradient = dy[(row * units) + j] * slope;
                    dz[(row * units) + j] = gradient;
                    db[j] += gradient;
                    for (var k = 0; k < inputs; k++)
                    {
                        dx[(row * inputs) + k] += gradient * w[(k * units) + j];
                        dw[(k * units) + j] += gradient * x[(row * inputs) + k];
                    }
                }
            }

            DrawnShape.Current = shape;
            backend.DenseForward<DrawnDense>(offsets, rows);
            Near.Assert("y", y, activations[offsets.Output, rows * units], Tolerance);
            backend.DenseBackward<DrawnDense>(offsets, rows);
            Near.Assert("dz", dz, activations[offsets.OutputGradient, rows * units], Tolerance);
            Near.Assert("dx", dx, activations[offsets.InputGradient, rows * inputs], Tolerance);
            backend.DenseGradients<DrawnDense>(offsets, rows);
            Near.Assert("dW", dw, gradients[kernel, inputs * units], Tolerance);
            if (shape.UseBias) Near.Assert("db", db, gradients[bias, units], Tolerance);
            activations.AssertGuardsStand();
            parameters.AssertGuardsStand();
            gradients.AssertGuardsStand();
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public unsafe void Gradients_go_on_where_they_stand_whatever_the_cut_and_the_shares(int bits)
    {
        DrawnShape.Current = new DrawnShape(21, 19);
        var numbers = new TestNumbers(3);
        const int Rows = 300;
        using var activations = new GuardedBlock(alignment: 1);
        var input = activations.Take(Rows * 21, ref numbers, 1);
        var gradient = activations.Take(Rows * 19, ref numbers, 1);

        var whole = Sum(shares: 1, Rows);
        Assert.Equal(whole, Sum(shares: 2, Rows));
        Assert.Equal(whole, Sum(shares: 7, Rows));
        Assert.Equal(whole, Sum(shares: 7, 37, 101, Rows));

        int[] Sum(int shares, params ReadOnlySpan<int> ends)
        {
            using var gradients = new GuardedBlock(alignment: 16);
            var kernel = gradients.Take(21 * 19);
            var bias = gradients.Take(19);
            var from = 0;
            foreach (var to in ends)
            {
                var offsets = new DenseOffsets
                {
                    Kernel = kernel,
                    Bias = bias,
                    Input = input + (from * 21),
                    Output = 0,
                    OutputGradient = gradient + (from * 19),
                };
                for (var share = 0; share < shares; share++)
                {
                    CpuBackends.Cpu(bits, new HostBlocks<float>
                    {
                        Parameters = gradients.Pointer,
                        Gradients = gradients.Pointer,
                        Activations = activations.Pointer,
                        Share = share,
                        Shares = shares,
                    }).DenseGradients<DrawnDense>(offsets, to - from);
                }
                from = to;
            }
            gradients.AssertGuardsStand();
            return [.. MemoryMarshal.Cast<float, int>(gradients[kernel, 21 * 19]), .. MemoryMarshal.Cast<float, int>(gradients[bias, 19])];
        }
    }
}
