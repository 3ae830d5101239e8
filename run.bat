@echo off
rem Installs what is needed into .venv and opens the app.
cd /d "%~dp0"
set PYTHONUTF8=1
if not exist .venv\.installed (
  py -m venv .venv || goto lacking
  .venv\Scripts\python -m pip install --quiet --require-hashes --no-deps -r requirements.lock || goto lacking
  type nul > .venv\.installed
)
.venv\Scripts\python -m streamlit run app.py
exit /b
:lacking
echo Python 3.11 or later and a connection are needed for the first start.
pause
exit /b 1
