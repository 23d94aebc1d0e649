namespace LstmDsl.Tests;

/// <summary>What a checkpoint does with a callback, without one.</summary>
internal static class CallbackStateExtensions
{
    public static CallbackState Saved(this IResumable callback) => callback.SaveState();

    public static void Restore(this IResumable callback, CallbackState state) => callback.RestoreState(state);
}
