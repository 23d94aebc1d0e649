namespace LstmDsl;

/// <summary>Work that is cut into numbered parts, each of which may run on any thread.</summary>
internal interface IParallelJob
{
    /// <summary>Runs one part.</summary>
    /// <param name="part">Its number, from 0.</param>
    void Run(int part);
}
