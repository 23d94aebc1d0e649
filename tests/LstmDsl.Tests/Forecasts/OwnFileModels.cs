namespace LstmDsl.Tests;

/// <summary>Two declarations whose networks have the same tensors.</summary>
[Forecast(6, 3)]
[Target("load", Unit = "MW")]
[Quantiles(0.1, 0.5, 0.9)]
[Lstm(3)]
internal sealed partial class OwnFileModel;

[Forecast(6, 3)]
[Target("load", Unit = "MW", Scaling = Scaling.MinMax)]
[Quantiles(0.1, 0.5, 0.9)]
[Lstm(3)]
internal sealed partial class OtherScalingModel;

[Forecast(6, 3)]
[Target("heat", Unit = "MW")]
[Quantiles(0.1, 0.5, 0.9)]
[Lstm(3)]
internal sealed partial class OtherColumnModel;
