using LstmDsl.CompilerServices;

namespace LstmDsl.Kernels;

/// <summary>One unit of one sample at a timestep, as a cell's formulas see it forwards.</summary>
internal struct DeviceForwardPlace<TCell> : IForwardPlace<DeviceLane> where TCell : struct, IRecurrentCell
{
    private readonly RecurrentArguments layer;
    private readonly int t;
    private readonly int gates;
    private readonly int state;
    private readonly int width;

    /// <summary>What the input adds to the pre-activation of each gate.</summary>
    public Quad Projected;

    /// <summary>What the state adds to it.</summary>
    public Quad RecurrentPart;

    /// <summary>The unit's h.</summary>
    public float Hidden;

    /// <summary>What was kept beside the gates.</summary>
    public float Kept;

    public DeviceForwardPlace(RecurrentArguments layer, int t, int sample, int unit)
    {
        this.layer = layer;
        this.t = t;
        gates = (((t * layer.Samples) + sample) * TCell.Gates * TCell.Units) + unit;
        state = (sample * TCell.Units) + unit;
        width = layer.Samples * TCell.Units;
    }

    public readonly DeviceLane HiddenBefore
    {
        get
        {
            var before = DeviceLane.Zero;
            if (layer.HasStateBefore(t))
                before = new DeviceLane(layer.Hidden[layer.HiddenAt(t - 1, width) + state]);
            return before;
        }
    }

    public readonly DeviceLane CarriedBefore
    {
        get
        {
            var before = DeviceLane.Zero;
            if (layer.HasStateBefore(t))
                before = new DeviceLane(layer.Carried[layer.CarriedAt(t - 1, width) + state]);
            return before;
        }
    }

    /// <summary>Adds the bias to the state's part of the pre-activations, and keeps it for the backward pass.</summary>
    public void TakeRecurrentPart(int unit)
    {
        if (TCell.UseBias)
            RecurrentPart.Add(Quad.Read(layer.RecurrentBias, unit, TCell.Units, TCell.Gates, isAligned: 0));
        if (layer.Trains == 0)
            return;
        layer.Kept[gates] = RecurrentPart.X;
        if (TCell.Gates > 1)
            layer.Kept[gates + TCell.Units] = RecurrentPart.Y;
        if (TCell.Gates > 2)
            layer.Kept[gates + (2 * TCell.Units)] = RecurrentPart.Z;
        if (TCell.Gates > 3)
            layer.Kept[gates + (3 * TCell.Units)] = RecurrentPart.W;
    }

    public readonly DeviceLane Gate(int gate)
    {
        var value = Of(Projected, gate);
        if (!TCell.HasRecurrentPart)
            value += Of(RecurrentPart, gate);
        return new DeviceLane(value);
    }

    public readonly DeviceLane Recurrent(int gate) => new(Of(RecurrentPart, gate));

    public readonly void KeepGate(int gate, DeviceLane value)
    {
        if (layer.Trains != 0)
            layer.PreActivations[gates + (gate * TCell.Units)] = value.Value;
    }

    public void Keep(DeviceLane value)
    {
        Kept = value.Value;
        if (layer.Trains != 0)
            layer.Kept[(t * width) + state] = value.Value;
    }

    public readonly void SetCarried(DeviceLane value) => layer.Carried[layer.CarriedAt(t, width) + state] = value.Value;

    public void SetHidden(DeviceLane value)
    {
        Hidden = value.Value;
        layer.Hidden[layer.HiddenAt(t, width) + state] = value.Value;
    }

    private static float Of(Quad gates, int gate) => gate == 0 ? gates.X : gate == 1 ? gates.Y : gate == 2 ? gates.Z : gates.W;
}

/// <summary>One unit of one sample at a timestep, as a cell's formulas see it backwards.</summary>
internal struct DeviceBackwardPlace<TCell> : IBackwardPlace<DeviceLane> where TCell : struct, IRecurrentCell
{
    private readonly RecurrentArguments layer;
    private readonly int t;
    private readonly int gates;
    private readonly int state;
    private readonly int width;

    /// <summary>The gradient of h.</summary>
    public float Gradient;

    /// <summary>Of a cell that resets before, the gradient of what was kept.</summary>
    public float GradientOfKept;

    /// <summary>The gradients that meet the recurrent kernel.</summary>
    public Quad Written;

    public DeviceBackwardPlace(RecurrentArguments layer, int t, int sample, int unit)
    {
        this.layer = layer;
        this.t = t;
        gates = (((t * layer.Samples) + sample) * TCell.Gates * TCell.Units) + unit;
        state = (sample * TCell.Units) + unit;
        width = layer.Samples * TCell.Units;
    }

    public readonly DeviceLane HiddenBefore
    {
        get
        {
            var before = DeviceLane.Zero;
            if (layer.HasStateBefore(t))
                before = new DeviceLane(layer.Hidden[layer.HiddenAt(t - 1, width) + state]);
            return before;
        }
    }

    public readonly DeviceLane Hidden => new(layer.Hidden[layer.HiddenAt(t, width) + state]);

    public readonly DeviceLane CarriedBefore
    {
        get
        {
            var before = DeviceLane.Zero;
            if (layer.HasStateBefore(t))
                before = new DeviceLane(layer.Carried[layer.CarriedAt(t - 1, width) + state]);
            return before;
        }
    }

    public readonly DeviceLane Kept => new(layer.Kept[(t * width) + state]);

    public readonly DeviceLane HiddenGradient => new(Gradient);

    public readonly DeviceLane CarriedGradient
    {
        get
        {
            var gradient = new DeviceLane(GradientOfKept);
            if (TCell.Carries && layer.HasStateAfter(t))
                gradient = new DeviceLane(layer.CarriedGradient[state]);
            return gradient;
        }
    }

    public readonly DeviceLane Gate(int gate) => new(layer.PreActivations[gates + (gate * TCell.Units)]);

    public readonly DeviceLane Recurrent(int gate) => new(layer.Kept[gates + (gate * TCell.Units)]);

    public void SetGate(int gate, DeviceLane gradient)
    {
        layer.PreActivations[gates + (gate * TCell.Units)] = gradient.Value;
        if (!TCell.HasRecurrentPart)
            Write(gate, gradient.Value);
    }

    public void SetRecurrent(int gate, DeviceLane gradient)
    {
        layer.Kept[gates + (gate * TCell.Units)] = gradient.Value;
        Write(gate, gradient.Value);
    }

    public readonly void SetCarried(DeviceLane gradient) => layer.CarriedGradient[state] = gradient.Value;

    public readonly void PassBack(DeviceLane gradient) => layer.HiddenGradient[state] = gradient.Value;

    private void Write(int gate, float gradient)
    {
        if (gate == 0)
            Written.X = gradient;
        if (gate == 1)
            Written.Y = gradient;
        if (gate == 2)
            Written.Z = gradient;
        if (gate == 3)
            Written.W = gradient;
    }
}
