@echo off
rem The command line of the program, for the shells that it starts.
if not defined FIELDGUIDE_NODE set "FIELDGUIDE_NODE=node"
"%FIELDGUIDE_NODE%" "%~dp0..\..\cli.js" %*
