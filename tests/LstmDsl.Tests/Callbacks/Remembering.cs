namespace LstmDsl.Tests;

/// <summary>A user's callback that gives a state made for a test, and keeps what it gets back.</summary>
internal sealed class Remembering(string name, Func<TrainingContext, CallbackState?>? state = null) : Callback, IResumable
{
    private TrainingContext? run;

    public string StateName => name;

    /// <summary>What it got back; null where it got nothing.</summary>
    public CallbackState? Restored { get; private set; }

    public override void OnTrainBegin(TrainingContext context) => run = context;

    public CallbackState SaveState() => run is null || state is null ? new() : state(run)!;

    public void RestoreState(CallbackState state) => Restored = state;
}
