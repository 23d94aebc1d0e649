using LstmDsl.CompilerServices;
using LstmDsl.Kernels;

namespace LstmDsl.Tests;

internal static class CpuBackends
{
    /// <summary>The vector widths, in bits.</summary>
    public static readonly int[] Widths = [128, 256, 512];

    public static ITrainingBackend Cpu(int bits, in HostBlocks<float> blocks) => bits switch
    {
        128 => CpuBackend<Lanes128>.Over(blocks),
        256 => CpuBackend<Lanes256>.Over(blocks),
        512 => CpuBackend<Lanes512>.Over(blocks),
        _ => throw new ArgumentOutOfRangeException(nameof(bits)),
    };

    /// <summary>Packs all matrices as a backend of that width reads them.</summary>
    public static unsafe PackedWeights Pack(int bits, PackedWeights packed, float* parameters)
    {
        for (var index = 0; index < packed.Count; index++)
        {
            switch (bits)
            {
                case 128: packed.Pack<Lanes128>(parameters, index); break;
                case 256: packed.Pack<Lanes256>(parameters, index); break;
                default: packed.Pack<Lanes512>(parameters, index); break;
            }
        }
        return packed;
    }
}
