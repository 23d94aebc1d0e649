namespace LstmDsl.Tests;

/// <summary>The files of data/faults and the window that their predictions are of.</summary>
internal static class FaultFiles
{
    /// <summary>Rounding of float in three timesteps of two units; the numbers are given with six digits.</summary>
    public const double Tolerance = 1e-6;

    public static string Of(string name) => Path.Combine(AppContext.BaseDirectory, "data", "faults", name);

    /// <summary>The prediction for x = [[0.5, −1], [2, 0.25], [−0.75, 1.5]].</summary>
    public static double Predicted<TModel>(TModel model) where TModel : class, IRecurrentModel<TModel>
    {
        var prediction = new float[1];
        model.Predict([0.5f, -1, 2, 0.25f, -0.75f, 1.5f], prediction);
        return prediction[0];
    }
}
