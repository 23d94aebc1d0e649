namespace LstmDsl;

/// <summary>What becomes of a row whose time an earlier row has already.</summary>
public enum Duplicates
{
    /// <summary>An error that names the first and counts the others.</summary>
    Error,

    /// <summary>The last row of that time takes the place of the earlier ones.</summary>
    Last,
}
