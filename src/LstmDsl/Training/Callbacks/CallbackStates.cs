using System.Text;

namespace LstmDsl;

/// <summary>Asks the callbacks of a run for what they need to go on, each under a name of its own.</summary>
internal static class CallbackStates
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Those of a run that has not begun: each starts afresh.</summary>
    public static IReadOnlyDictionary<string, CallbackState> None { get; } = new Dictionary<string, CallbackState>();

    /// <summary>The states of this moment, in the callbacks' order.</summary>
    /// <param name="callbacks">The callbacks.</param>
    /// <param name="parameterFloats">Length of the model's parameter block.</param>
    /// <exception cref="InvalidOperationException">A file could not give one back as it is.</exception>
    public static IReadOnlyDictionary<string, CallbackState> Of(IEnumerable<Callback> callbacks, int parameterFloats)
    {
        var states = new Dictionary<string, CallbackState>();
        foreach (var (name, callback) in Named(callbacks))
        {
            var state = callback.SaveState();
            if (Fault(state, parameterFloats) is { } fault)
                throw new InvalidOperationException($"{callback.GetType().Name} gave a state ('{name}') that no checkpoint can keep: {fault}.");
            states.Add(name, state);
        }

        return states;
    }

    /// <summary>Those that have a state, each under a name of its own: of callbacks of one name the second is <c>name#2</c>.</summary>
    /// <exception cref="InvalidOperationException">One has no name, or one that a file cannot hold.</exception>
    public static IEnumerable<(string Name, IResumable Callback)> Named(IEnumerable<Callback> callbacks)
    {
        var taken = new HashSet<string>();
        foreach (var callback in callbacks.OfType<IResumable>())
        {
            var own = callback.StateName;
            RequireName(own, callback);
            var name = own;
            for (var number = 2; !taken.Add(name); number++)
                name = FormattableString.Invariant($"{own}#{number}");
            yield return (name, callback);
        }
    }

    /// <summary>
    /// Gives a callback back what it remembered; a copy, since that is still what to go on from where a later one refuses its own.
    /// </summary>
    /// <exception cref="InvalidDataException">The state lacks something that the callback needs.</exception>
    public static void Restore(IResumable callback, CallbackState state)
    {
        try
        {
            callback.RestoreState(state.Copy());
        }
        catch (KeyNotFoundException missing)
        {
            throw new InvalidDataException(
                $"{state.Subject} lacks something that {callback.GetType().Name} looks for: {missing.Message}", missing);
        }
    }

    /// <summary>Throws where a list of callbacks has a gap.</summary>
    public static void RequireNoGap(IList<Callback> callbacks, string name)
    {
        var missing = callbacks.IndexOf(null!);
        if (missing >= 0)
            throw new ArgumentException(FormattableString.Invariant($"{name}[{missing}] is null; expected a callback."), name);
    }

    /// <summary>Throws where a callback has a state, but no name that every format can hold.</summary>
    /// <exception cref="InvalidOperationException">One has no name, or one that a file cannot hold.</exception>
    public static void RequireNames(IEnumerable<Callback> callbacks)
    {
        foreach (var callback in callbacks.OfType<IResumable>())
            RequireName(callback.StateName, callback);
    }

    private static void RequireName(string name, IResumable callback)
    {
        var fault = string.IsNullOrWhiteSpace(name) ? "is empty"
            : name.Contains('/', StringComparison.Ordinal) || name.Any(char.IsControl) || !IsWellFormed(name) ? $"is '{name}'"
            : null;
        if (fault is not null)
        {
            throw new InvalidOperationException(
                $"The StateName of {callback.GetType().Name} {fault}; expected a name under which a checkpoint can keep its state, "
                + "without '/' and control characters, such as \"averaged_weights\".");
        }
    }

    private static string? Fault(CallbackState? state, int parameterFloats)
    {
        if (state is null)
            return "it is null; a callback that has nothing to keep yet gives an empty state";
        if (state.Weights is { } weights && weights.Length != parameterFloats)
        {
            return FormattableString.Invariant(
                $"it has {weights.Length} weights, the model {parameterFloats}; expected as many values as CopyWeights gives, in that order");
        }

        if (state.Numbers.Keys.Concat(state.Texts.Keys).FirstOrDefault(name => !IsWellFormed(name)) is { } name)
            return $"the name '{name}' holds half a surrogate pair";
        foreach (var (text, value) in state.Texts)
        {
            if (value is null)
                return $"the text '{text}' is null; leave it out";
            if (!IsWellFormed(value))
                return $"the text '{text}' holds half a surrogate pair";
        }

        return null;
    }

    private static bool IsWellFormed(string text)
    {
        try
        {
            Strict.GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
