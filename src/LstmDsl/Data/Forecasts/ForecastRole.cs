namespace LstmDsl;

/// <summary>What a column is to a forecast.</summary>
public enum ForecastRole
{
    /// <summary>Its past goes in, its future comes out.</summary>
    Target,

    /// <summary>Known over the horizon, too.</summary>
    Known,

    /// <summary>Known until now.</summary>
    Past,
}
