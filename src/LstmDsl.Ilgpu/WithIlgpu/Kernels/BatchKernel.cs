using ILGPU;

namespace LstmDsl.Kernels;

/// <summary>What a batch begins with: inputs, targets and weights brought to their places, and gradients made zeros.</summary>
internal struct BatchArguments
{
    public GatherArguments Inputs;
    public GatherArguments Targets;
    public GatherArguments Weights;
    public ArrayView<float> Gradients;

    /// <summary>How many floats of the gradients; 0 where nothing is trained.</summary>
    public int GradientLength;

    /// <summary>Elements of all.</summary>
    public readonly int Length => Inputs.Length + Targets.Length + Weights.Length + GradientLength;
}

/// <summary>Windows that are cut from rows: of inputs, of targets or of weights.</summary>
internal struct GatherArguments
{
    public ArrayView<float> Source;

    /// <summary>Where each window begins, in values.</summary>
    public ArrayView<int> Starts;

    /// <summary>Which windows.</summary>
    public ArrayView<int> Windows;

    /// <summary>(timesteps, samples, width).</summary>
    public ArrayView<float> Destination;

    public int Samples;
    public int Timesteps;
    public int Width;

    /// <summary>Values from one timestep to the next.</summary>
    public int TimestepStride;

    /// <summary>How many values there are.</summary>
    public readonly int Length => Timesteps * Samples * Width;

    /// <summary>Brings one value to its place in the time-major block.</summary>
    public readonly void Gather(int index)
    {
        var column = index % Width;
        var row = index / Width;
        var start = Starts[Windows[row % Samples]];
        Destination[index] = Source[start + (row / Samples * TimestepStride) + column];
    }
}

/// <summary>Brings a batch to its places.</summary>
internal readonly struct BatchKernel : IDeviceKernel<BatchArguments>
{
    public static void Run(BatchArguments arguments)
    {
        for (var index = GridLoop.First; index < arguments.Length; index += GridLoop.Step)
        {
            var place = index;
            if (place < arguments.Inputs.Length)
            {
                arguments.Inputs.Gather(place);
                continue;
            }

            place -= arguments.Inputs.Length;
            if (place < arguments.Targets.Length)
            {
                arguments.Targets.Gather(place);
                continue;
            }

            place -= arguments.Targets.Length;
            if (place < arguments.Weights.Length)
            {
                arguments.Weights.Gather(place);
                continue;
            }

            arguments.Gradients[place - arguments.Weights.Length] = 0;
        }
    }
}
