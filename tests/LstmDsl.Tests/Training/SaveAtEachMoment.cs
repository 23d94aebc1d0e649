namespace LstmDsl.Tests;

/// <summary>Writes a checkpoint whenever it is called; a silent one stands in its place where a run goes on.</summary>
internal sealed class SaveAtEachMoment(TemporaryFolder folder, string extension, bool isSilent = false) : Callback
{
    public List<string> Paths { get; } = [];

    public override void OnTrainBegin(TrainingContext context) => Save(context);

    public override void OnEpochBegin(TrainingContext context) => Save(context);

    public override void OnBatchEnd(TrainingContext context) => Save(context);

    public override void OnEpochEnd(TrainingContext context) => Save(context);

    private void Save(TrainingContext context)
    {
        if (isSilent)
            return;
        Paths.Add(folder.File($"moment{Paths.Count:000}{extension}"));
        context.Save(Paths[^1], weightsOnly: false);
    }
}
