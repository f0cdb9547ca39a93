# Fieldguide's marks for Windows PowerShell 5.1 and PowerShell 7. Dot-sourced after the profiles.
#
# Tells Fieldguide in the terminal's stream where a prompt and a command begin and end. Each mark carries a
# secret that came in a file of this session (read once, deleted), and a number that is never used twice.
# Only the functions prompt and PSConsoleHostReadLine are wrapped; aliases and the profile stay as they are.

$fieldguideFile = $env:FIELDGUIDE_MARKS
Remove-Item -LiteralPath Env:FIELDGUIDE_MARKS -ErrorAction Ignore

# In constrained language nothing below is allowed: the tab then works without captures.
if ($fieldguideFile -and $ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') {
    $null = New-Module -Name FieldguideMarks -ArgumentList $fieldguideFile -ScriptBlock {
        param($file)
        $secret = [IO.File]::ReadAllText($file).Trim()
        [IO.File]::Delete($file)
        $number = 0
        $text = ''                # the lines of the command so far
        $running = $false         # a start mark was sent and no end mark yet
        $broken = $false          # the command cannot be parsed
        $lastError = $null        # newest of $Error when the command began
        $userPrompt = $null
        $userReadLine = ${function:global:PSConsoleHostReadLine}

        function Get-Mark([string] $content) {
            $script:number++
            "$([char]27)]633;$secret;$number;$content$([char]7)"
        }

        # Backslash, semicolon and control characters as \\ and \xHH.
        function ConvertTo-Field([string] $value) {
            $value = $value.Replace('\', '\\').Replace(';', '\x3b')
            [regex]::Replace($value, '[\x00-\x1f\x7f]', { param($match) '\x{0:x2}' -f [int][char]$match.Value })
        }

        # A newer error than the one known when the command began.
        function Test-NewError {
            $global:Error.Count -gt 0 -and -not [object]::ReferenceEquals($global:Error[0], $lastError)
        }

        # The mark at the end of the command that ran, and the one at the beginning of the prompt.
        function Send-End($succeeded) {
            if ($running) {
                $script:running = $false
                $exit = $global:LASTEXITCODE
                $result = if ($broken) { 'parse-error' }
                elseif (Test-NewError) { 'failed' }
                elseif ($null -eq $succeeded) { '' }
                elseif ($succeeded) { 'ok' }
                else { 'failed' }
                [Console]::Write((Get-Mark "D;$result;$exit"))
            }
            $script:text = ''
            $location = $ExecutionContext.SessionState.Path.CurrentLocation
            $directory = if ($location.Provider.Name -eq 'FileSystem') { $location.ProviderPath } else { $location.Path }
            [Console]::Write((Get-Mark "A;$(ConvertTo-Field $directory)"))
        }

        # A line was read. The command starts once its text is complete; ParseInput says so without running it.
        function Send-Start([string] $line) {
            $script:text = if ($text) { "$text`n$line" } else { $line }
            if (-not $text.Trim()) { return }
            $tokens = $errors = $null
            $null = [Management.Automation.Language.Parser]::ParseInput($text, [ref] $tokens, [ref] $errors)
            if (@($errors | Where-Object IncompleteInput).Count -gt 0 -and $line.Trim()) { return }
            $script:broken = @($errors).Count -gt 0
            $script:lastError = if ($global:Error.Count -gt 0) { $global:Error[0] } else { $null }
            # Null unless this command sets it; a line that asks for the last code must still find it.
            if ($text -notmatch 'LASTEXITCODE') { $global:LASTEXITCODE = $null }
            $script:running = $true
            $shown = if ($text.Length -le 30000) { ConvertTo-Field $text } else { '' }
            [Console]::Write((Get-Mark "C;$shown"))
        }

        function Test-OwnPrompt { [object]::ReferenceEquals(${function:global:prompt}, $ownPrompt) }

        function Set-Prompt {
            $script:userPrompt = ${function:global:prompt}
            function global:prompt {
                $succeeded = $?
                Send-End $succeeded
                # The person's prompt may look at $?.
                if (-not $succeeded) { Write-Error -Message ' ' -ErrorAction Ignore }
                $shown = & $userPrompt
                "$shown$(Get-Mark 'B')"
            }
            $script:ownPrompt = ${function:global:prompt}
        }

        # PSReadLine reads with colours and history; where it is absent the console reads the line.
        function global:PSConsoleHostReadLine {
            if (-not (Test-OwnPrompt)) {
                # Someone has replaced the prompt since: what it left out is said here, and it is wrapped.
                if ($running -or -not $text) {
                    Send-End $null
                    [Console]::Write((Get-Mark 'B'))
                }
                Set-Prompt
            }
            $line = if ($userReadLine) { & $userReadLine } else { $Host.UI.ReadLine() }
            Send-Start $line
            $line
        }

        $ownPrompt = $null
        Set-Prompt
        foreach ($property in @(
                @('host', [Environment]::MachineName),
                @('user', [Environment]::UserName),
                @('version', [string]$PSVersionTable.PSVersion))) {
            [Console]::Write((Get-Mark "P;$($property[0]);$(ConvertTo-Field $property[1])"))
        }
        Export-ModuleMember
    }
}
Remove-Variable fieldguideFile
