namespace LstmDsl.Generators;

/// <summary>Rows of the tensor table as code; an argument that has its default is left out, as in a declaration.</summary>
internal static class TensorText
{
    /// <summary>The arguments and properties of a row.</summary>
    public static string Slot(PlannedTensor tensor)
    {
        var arguments = $"\"{tensor.FileName}\", {EmissionContext.Services}TensorRole.{tensor.Role}, {tensor.CodeName}, "
            + $"{Text.Code(tensor.Rows)}, {Text.Code(tensor.Columns)}, {Initializer(tensor.Weight.Initializer)}";
        var properties = SlotProperties(tensor).ToArray();
        return $"new({arguments})" + (properties.Length == 0 ? "" : $" {{ {string.Join(", ", properties)} }}");
    }

    private static IEnumerable<string> SlotProperties(PlannedTensor tensor)
    {
        if (tensor.Window > 0)
            yield return $"Window = {Text.Code(tensor.Window)}";
        if (tensor.Heads > 0)
            yield return $"Heads = {Text.Code(tensor.Heads)}";
        if (tensor.SplitsRows)
            yield return "SplitsRows = true";
        if (tensor.Momentum is { } momentum)
            yield return $"Momentum = {Text.Code(momentum)}";
        if (tensor.IsConstant)
            yield return "IsConstant = true";
        if (tensor.IsScalar)
            yield return "IsScalar = true";
        if (tensor.IsFrozen)
            yield return "IsFrozen = true";
        if (tensor.Draws != tensor.Index)
            yield return $"Draws = {Text.Code(tensor.Draws)}";
        if (!tensor.Weight.Regularizer.IsNone)
            yield return $"Regularizer = {Regularizer(tensor.Weight.Regularizer)}";
        if (tensor.Weight.Constraint is { Kind: not Constraint.None } constraint)
            yield return $"Constraint = {Constrained(constraint)}";
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
        var properties = Properties(initializer).ToArray();
        return $"new({EmissionContext.Library}Init.{initializer.Kind}{value})"
            + (properties.Length == 0 ? "" : $" {{ {string.Join(", ", properties)} }}");
    }

    private static IEnumerable<string> Properties(InitializerSpec initializer)
    {
        if (initializer.Mean != InitDefaults.Mean)
            yield return $"Mean = {Text.Code(initializer.Mean)}";
        if (initializer.StdDev != InitDefaults.StdDev)
            yield return $"StdDev = {Text.Code(initializer.StdDev)}";
        if (initializer.MinValue != InitDefaults.MinValue)
            yield return $"MinValue = {Text.Code(initializer.MinValue)}";
        if (initializer.MaxValue != InitDefaults.MaxValue)
            yield return $"MaxValue = {Text.Code(initializer.MaxValue)}";
        if (initializer.Scale != InitDefaults.Scale)
            yield return $"Scale = {Text.Code(initializer.Scale)}";
        if (initializer.Gain != InitDefaults.Gain)
            yield return $"Gain = {Text.Code(initializer.Gain)}";
        if (initializer.Mode != InitDefaults.Mode)
            yield return $"Mode = {EmissionContext.Library}FanMode.{initializer.Mode}";
        if (initializer.Distribution != InitDefaults.Distribution)
            yield return $"Distribution = {EmissionContext.Library}WeightDistribution.{initializer.Distribution}";
        if (initializer.OnesCount > 0)
        {
            yield return $"OnesFrom = {Text.Code(initializer.OnesFrom)}";
            yield return $"OnesCount = {Text.Code(initializer.OnesCount)}";
        }
    }
}
