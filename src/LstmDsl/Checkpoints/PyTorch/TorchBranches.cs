using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// Which layers of a model stand one after the other. Side by side they have no order, so that neither the numbers of modules nor those of a
/// module's layers say which is which.
/// </summary>
internal static class TorchBranches
{
    /// <summary>Whether one of two layers reads what comes of the other.</summary>
    public static bool AreInTurn(ModelPlan plan, TorchLayer one, TorchLayer other) =>
        Follows(plan, one.Name, other.Name) || Follows(plan, other.Name, one.Name);

    /// <summary>Refuses two layers as layers of one recurrent module, of which each reads the one before it, if they do not.</summary>
    /// <exception cref="ArgumentException">They stand side by side.</exception>
    public static void RequireInTurn(ModelPlan plan, TorchLayer first, TorchLayer second, string module, string parameter)
    {
        if (!Follows(plan, second.Name, first.Name))
        {
            throw new ArgumentException(
                $"The layers '{first.Name}' and '{second.Name}' cannot both be the module '{module}': its layers read one another, and "
                + $"'{second.Name}' reads nothing of '{first.Name}'. Name a module for each.",
                parameter);
        }
    }

    private static bool Follows(ModelPlan plan, string later, string earlier)
    {
        var read = new HashSet<string> { later };
        for (var place = plan.Layers.Count - 1; place >= 0; place--)
        {
            var layer = plan.Layers[place];
            if (!read.Contains(layer.Name))
                continue;
            if (layer.Name == earlier && earlier != later)
                return true;
            read.UnionWith(layer.Inputs ?? (place > 0 ? [plan.Layers[place - 1].Name] : []));
        }

        return false;
    }
}
