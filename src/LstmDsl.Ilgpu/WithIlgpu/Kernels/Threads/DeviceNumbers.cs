using ILGPU;

namespace LstmDsl.Kernels;

/// <summary>Numbers in device memory, from one a step to the next, and which of them count.</summary>
internal struct DeviceNumbers : IMaskedNumbers<DeviceLane>
{
    public ArrayView<float> View;
    public int First;
    public int Step;
    public ArrayView<float> Mask;
    public int FirstOfMask;
    public int MaskStep;
    public int HasMask;

    public int Length { get; set; }

    public readonly DeviceLane this[int place] => new(View[First + (place * Step)]);

    /// <summary>A row of a matrix, all of which counts.</summary>
    public static DeviceNumbers Row(ArrayView<float> view, int first, int length) =>
        new() { View = view, First = first, Step = 1, Length = length, Mask = view };

    public readonly bool Counts(int place) => HasMask == 0 || Mask[FirstOfMask + (place * MaskStep)] != 0;
}
