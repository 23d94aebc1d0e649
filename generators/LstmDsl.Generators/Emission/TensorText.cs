namespace LstmDsl.Generators;

/// <summary>Rows of the tensor table as code; an argument that has its default is left out, as in a declaration.</summary>
internal static class TensorText
{
    /// <summary>The arguments and properties of a row.</summary>
    public static string Slot(PlannedTensor tensor)
    {
        var arguments = $"\"{tensor.FileName}\", {EmissionContext.Services}TensorRole.{tensor.Role}, {tensor.CodeName}, "
            + $"{Text.Code(tensor.Rows)}, {Text.Code(tensor.Columns)}, {Initializer(tensor.Weight.Initializer)}";
        return $"new({arguments}){Braced(SlotProperties(tensor))}";
    }

    private static List<string> SlotProperties(PlannedTensor tensor)
    {
        var properties = new List<string>();
        if (tensor.Window > 0)
            properties.Add($"Window = {Text.Code(tensor.Window)}");
        if (tensor.Heads > 0)
            properties.Add($"Heads = {Text.Code(tensor.Heads)}");
        if (tensor.SplitsRows)
            properties.Add("SplitsRows = true");
        if (tensor.Momentum is { } momentum)
            properties.Add($"Momentum = {Text.Code(momentum)}");
        if (tensor.IsConstant)
            properties.Add("IsConstant = true");
        if (tensor.IsScalar)
            properties.Add("IsScalar = true");
        if (tensor.IsFrozen)
            properties.Add("IsFrozen = true");
        if (tensor.Draws != tensor.Index)
            properties.Add($"Draws = {Text.Code(tensor.Draws)}");
        if (!tensor.Weight.Regularizer.IsNone)
            properties.Add($"Regularizer = {Regularizer(tensor.Weight.Regularizer)}");
        if (tensor.Weight.Constraint is { Kind: not Constraint.None } constraint)
            properties.Add($"Constraint = {Constrained(constraint)}");
        return properties;
    }

    private static string Constrained(ConstraintSpec constraint) =>
        $"new({EmissionContext.Library}Constraint.{constraint.Kind}, MinNorm: {Text.Code(constraint.MinNorm)}, "
        + $"MaxNorm: {Text.Code(constraint.MaxNorm)}, Rate: {Text.Code(constraint.Rate)}, Axis: {Text.Code(constraint.Axis)})";

    /// <summary>A regulariser; its factors are floats from here on, as they are in Keras on TensorFlow.</summary>
    public static string Regularizer(RegularizerSpec regularizer) =>
        $"new(L1: {Text.Code(regularizer.L1)}f, L2: {Text.Code(regularizer.L2)}f)";

    private static string Initializer(InitializerSpec initializer)
    {
        var value = initializer.Kind == Init.Constant ? ", " + Text.Code(initializer.Value) : "";
        return $"new({EmissionContext.Library}Init.{initializer.Kind}{value}){Braced(Properties(initializer))}";
    }

    private static string Braced(List<string> properties) => properties.Count == 0 ? "" : $" {{ {string.Join(", ", properties)} }}";

    private static List<string> Properties(InitializerSpec initializer)
    {
        var properties = new List<string>();
        if (initializer.Mean != InitDefaults.Mean)
            properties.Add($"Mean = {Text.Code(initializer.Mean)}");
        if (initializer.StdDev != InitDefaults.StdDev)
            properties.Add($"StdDev = {Text.Code(initializer.StdDev)}");
        if (initializer.MinValue != InitDefaults.MinValue)
            properties.Add($"MinValue = {Text.Code(initializer.MinValue)}");
        if (initializer.MaxValue != InitDefaults.MaxValue)
            properties.Add($"MaxValue = {Text.Code(initializer.MaxValue)}");
        if (initializer.Scale != InitDefaults.Scale)
            properties.Add($"Scale = {Text.Code(initializer.Scale)}");
        if (initializer.Gain != InitDefaults.Gain)
            properties.Add($"Gain = {Text.Code(initializer.Gain)}");
        if (initializer.Mode != InitDefaults.Mode)
            properties.Add($"Mode = {EmissionContext.Library}FanMode.{initializer.Mode}");
        if (initializer.Distribution != InitDefaults.Distribution)
            properties.Add($"Distribution = {EmissionContext.Library}WeightDistribution.{initializer.Distribution}");
        if (initializer.OnesCount > 0)
        {
            properties.Add($"OnesFrom = {Text.Code(initializer.OnesFrom)}");
            properties.Add($"OnesCount = {Text.Code(initializer.OnesCount)}");
        }

        return properties;
    }
}
